using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Views;

/// <summary>A list's filters, order and columns under a name.</summary>
internal sealed record SavedView
{
    public const int MaxName = 100, MaxQuery = 4_000, MostOfOwner = 200;

    /// <summary>The list that it is a view of, such as <c>partners</c>; fixed.</summary>
    public required string List { get; init; }
    public required string Name { get; init; }

    /// <summary>What the list's address has after the question mark, such as <c>stage=active&amp;sort=-balance</c>. The server does not read it: pages and programs do.</summary>
    public string Query { get; init; } = "";
    public Sharing Shared { get; init; }

    /// <summary>The department that it is shared with; null = it is shared otherwise.</summary>
    public string? Department { get; init; }

    /// <summary>The user, or the key that made it.</summary>
    public required string Owner { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The no to a caller who sees it and may not change it: a shared one is its owner's and the administrators'.</summary>
    public Refusal? Refuses(Caller caller) =>
        Owner == Sight.OwnerOf(caller) || caller.Role == Role.Admin ? null : Refusal.Forbidden("A shared view is changed by its owner or an administrator.");
}

/// <summary>What a caller sees of the views: own ones, those of the caller's department, those of everybody. The one place that says so, for a view and in SQL.</summary>
internal sealed record Sight(string Owner, string? Department)
{
    /// <summary>True for a row that is seen; its arguments are those here.</summary>
    public const string Sql = "(owner = @owner or shared = 'company' or (shared = 'department' and department = @department))";

    public IReadOnlyList<Argument> Arguments => [new("owner", Owner), new("department", Department)];

    public static Sight Of(Caller caller, ISettings settings) => new(OwnerOf(caller), settings.Get<CompanyProfile>().Member(caller.UserId)?.Department);

    /// <summary>Who owns what this caller saves: the user, or the key.</summary>
    public static string OwnerOf(Caller caller) => caller.UserId ?? caller.Name;

    public bool Shows(SavedView view) => view.Owner == Owner || view.Shared == Sharing.Company || (view.Shared == Sharing.Department && Department is not null && view.Department == Department);
}

/// <summary>Who sees a view.</summary>
[Description("mine = the owner alone; department = everybody in one department; company = everybody.")]
internal enum Sharing
{
    Mine,
    Department,
    Company,
}

/// <summary>A saved view as callers read it.</summary>
/// <param name="Number">Assigned, unique in the company.</param>
/// <param name="List">The list that it is a view of.</param>
/// <param name="Name">Shown.</param>
/// <param name="Query">Filters, order and columns, as the list's address has them after the question mark.</param>
/// <param name="Shared">Who sees it.</param>
/// <param name="Department">The department that it is shared with; null = it is shared otherwise.</param>
/// <param name="Owner">Who saved it.</param>
/// <param name="IsMine">True = the caller is the owner.</param>
/// <param name="MayChange">True = the caller may change and delete it.</param>
/// <param name="DeletedAt">When it was deleted; null = it is not.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record SavedViewView(
    long Number, string List, string Name, string Query, Sharing Shared, NamedId? Department, NamedId Owner, bool IsMine, bool MayChange, DateTimeOffset? DeletedAt, DateTimeOffset UpdatedAt, long Version)
{
    public static SavedViewView Of(Row<SavedView> row, ISettings settings, Call call)
    {
        var (view, company) = (row.State, settings.Get<CompanyProfile>());
        return new(row.Number, view.List, view.Name, view.Query, view.Shared, view.Department is null ? null : new(view.Department, company.Department(view.Department)?.Name ?? view.Department),
            NamedId.User(view.Owner, company)!, view.Owner == Sight.OwnerOf(call.Caller), call.Caller.May("views:write") && view.Refuses(call.Caller) is null, view.DeletedAt, row.UpdatedAt, row.Version);
    }
}
