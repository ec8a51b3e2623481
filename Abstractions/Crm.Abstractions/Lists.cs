using System.Data.Common;
using Microsoft.AspNetCore.Http;

namespace Crm;

/// <summary>A field that a list can be filtered or sorted by.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Column">The SQL column; null = the field is nothing but a term.</param>
/// <param name="Type">How values are read and compared.</param>
public sealed record ListField(string Name, string? Column, ColumnType Type)
{
    /// <summary>False = filter only.</summary>
    public bool Sorts { get; init; } = true;

    /// <summary>True = a filter finds the text anywhere in the (folded) column, and a comma is a part of it.</summary>
    public bool Contains { get; init; }

    /// <summary>Folds the text of a <see cref="Contains"/> filter as the column was folded.</summary>
    public Func<string, ISettings, string> Fold { get; init; } = (text, _) => text;

    /// <summary>True = filters look into the terms (a field with many values); a column beside them is for sorting only.</summary>
    public bool IsTerm { get; init; }

    /// <summary>Turns what the caller wrote into what is stored, such as <c>me</c> into the user; null = the value cannot be.</summary>
    public Func<string, Call, ISettings, string?>? Resolve { get; init; }

    /// <summary>All stored values in the order in which people expect them (stages by their place, owners by name); null = the column's own order.</summary>
    public Func<ISettings, IReadOnlyList<string>>? Ranks { get; init; }

    /// <summary>A question about a row that has no column: true and false are its only filters; null = an ordinary field.</summary>
    public Func<ISettings, ListTest>? Test { get; init; }

    /// <summary>A yes-or-no question that SQL answers, such as <c>openCases</c>.</summary>
    public static ListField Question(string name, Func<ISettings, ListTest> test) => new(name, null, ColumnType.Flag) { Sorts = false, Test = test };

    /// <summary>A field with many values, filtered by any (<c>tag=</c>), all (<c>tag.all=</c>) or none of them (<c>tag.none=</c>).</summary>
    public static ListField Term(string name) => new(name, null, ColumnType.Text) { Sorts = false, IsTerm = true };
}

/// <summary>How SQL answers a question about a row.</summary>
/// <param name="Holds">True for the row, never null; the entity's table has its own name in it.</param>
/// <param name="Numbers">A select of the numbers for which it holds (among others, deleted ones for instance), where an index gives them quickly; null = there is none.</param>
public sealed record ListTest(string Holds, string? Numbers = null)
{
    /// <summary>The numbers of rows for which it holds besides, found by other means than SQL; null = there are none.</summary>
    public Func<IDatabase, CompanyRef, CancellationToken, Task<IReadOnlyList<long>>>? Besides { get; init; }
}

/// <summary>Fields that a module adds to the lists of another's entities, such as whether a partner has open cases. Registered by the module that adds them.</summary>
/// <param name="Kind">The entity's kind, such as <c>partner</c>.</param>
/// <param name="Right">What a caller needs to name them, such as <c>cases:read</c>: the answer tells of another module's rows.</param>
/// <param name="Fields">What can be named in queries besides.</param>
public sealed record ListAddition(string Kind, string Right, IReadOnlyList<ListField> Fields);

/// <summary>One list: its entity, its fields and what it always filters.</summary>
/// <param name="Name">Part of the cursor's fingerprint.</param>
/// <param name="Entity">Whose rows.</param>
/// <param name="Fields">All that can be named in a query.</param>
public sealed record ListOf<TState>(string Name, Entity<TState> Entity, IReadOnlyList<ListField> Fields) where TState : class
{
    /// <summary>SQL that every row meets, such as <c>stage is not null</c>; its indexes carry the same words.</summary>
    public string? Always { get; init; }

    /// <summary>The column that free text (<c>q</c>) looks into, folded by <see cref="Fold"/>; null = no free text.</summary>
    public string? SearchColumn { get; init; }

    /// <summary>Folds what the caller wrote as the search column was folded.</summary>
    public Func<string, string> Fold { get; init; } = text => text.ToLowerInvariant();

    /// <summary>What the list shows of a row; null = the entity's view.</summary>
    public Func<Row<TState>, ISettings, object>? ViewOf { get; init; }

    /// <summary>The order when none is asked for, written as in a query.</summary>
    public string DefaultSort { get; init; } = "number";
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows' views.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Count">How many rows match, capped at 1,000 unless <c>count=exact</c>.</param>
/// <param name="CountIsExact">False = there are more than <paramref name="Count"/>.</param>
public sealed record Page<TView>(IReadOnlyList<TView> Items, string? Next, long Count, bool CountIsExact);

/// <summary>Runs lists: filters, sorts, cursors and counts, the same for every module.</summary>
public interface ILists
{
    /// <summary>One page. A filter, sort or cursor that is not understood is a refusal that names the known ones, never a wider list.</summary>
    Task<(Refusal? Refusal, Page<TView>? Page)> PageAsync<TState, TView>(Call call, ListOf<TState> list, IQueryCollection query, CancellationToken ct)
        where TState : class where TView : class;

    /// <summary>The numbers of all matching rows in the order of the list, for bulk operations: at most <paramref name="most"/>.</summary>
    Task<(Refusal? Refusal, IReadOnlyList<long> Numbers)> NumbersAsync<TState>(Call call, ListOf<TState> list, IQueryCollection query, int most, CancellationToken ct)
        where TState : class;

    /// <summary>Sums over all matching rows. Sorts, cursors and limits in the query play no part.</summary>
    /// <param name="call">In which company.</param>
    /// <param name="list">Its fields.</param>
    /// <param name="query">The filters.</param>
    /// <param name="select">SQL of the values, such as <c>status, count(*)</c>.</param>
    /// <param name="groupBy">SQL of the groups, such as <c>status</c>.</param>
    /// <param name="arguments">Values for <c>@name</c> in the two texts; names that a list uses itself are p0, p1, …</param>
    /// <param name="map">Reads one group.</param>
    /// <param name="ct">Cancels.</param>
    Task<(Refusal? Refusal, IReadOnlyList<T> Groups)> SumsAsync<TState, T>(
        Call call, ListOf<TState> list, IQueryCollection query, string select, string groupBy, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) where TState : class;
}
