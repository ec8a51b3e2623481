namespace Crm;

/// <summary>How a value is stored in a list column, and how filters read it.</summary>
public enum ColumnType
{
    /// <summary>Text, compared by its characters.</summary>
    Text,
    /// <summary>A whole number.</summary>
    Number,
    /// <summary>An amount, stored as ten-thousandths of the currency's unit so that both databases compare it exactly.</summary>
    Amount,
    /// <summary>A calendar date, stored as <c>2026-03-07</c>.</summary>
    Date,
    /// <summary>Yes or no, stored as 1 or 0.</summary>
    Flag,
    /// <summary>An instant, stored as <see cref="Micros"/>. Filtered by ranges of instants, or of days in the company's time zone.</summary>
    Instant,
}

/// <summary>One column beside an entity's document: what lists filter, sort and search by.</summary>
/// <param name="Name">The column's name in SQL.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Value">Reads it from the state: long, string or null = empty. The settings give the language of a sort key.</param>
public sealed record Column<TState>(string Name, ColumnType Type, Func<TState, ISettings, object?> Value) where TState : class
{
    /// <summary>A column that only the state decides.</summary>
    public Column(string name, ColumnType type, Func<TState, object?> value) : this(name, type, (state, _) => value(state)) { }

    /// <summary>True when two states have the same value for certain. For a value that takes time to make, such as a sort key; null = both are made and compared.</summary>
    public Func<TState, TState, bool>? Same { get; init; }
}

/// <summary>One value of a field that can have many, such as a tag; stored as a row of the entity's term table.</summary>
/// <param name="Field">The wire name of the field: <c>tag</c>, <c>owner</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct Term(string Field, string Value);

/// <summary>
/// What one entity adds to a sum that is kept in the commit: when the entity changes, the difference is added to the sum in the same transaction.
/// Read the sums from the table <c>totals</c> (company, kind, name, key, count, amount, weighted).
/// </summary>
/// <param name="Name">Which sum, such as <c>status</c>.</param>
/// <param name="Key">Of what, such as <c>won SEK</c>.</param>
/// <param name="Amount">Ten-thousandths.</param>
/// <param name="Weighted">Ten-thousandths.</param>
public readonly record struct Total(string Name, string Key, long Amount, long Weighted);

/// <summary>
/// How an entity is stored: its document as JSON, its version, and the columns and terms that lists need, all written in the same transaction.
/// Registered by the module, found by the state's type.
/// </summary>
public interface IEntity
{
    /// <summary>The name in the journal, in refusals (<c>partner.notFound</c>) and in number sequences.</summary>
    string Kind { get; }

    /// <summary>The table: (company, number, version, created_at, updated_at, doc) and the columns.</summary>
    string Table { get; }

    /// <summary>The table of terms (company, field, value, number); null = none.</summary>
    string? TermTable { get; }

    /// <summary>The state's type.</summary>
    Type StateType { get; }

    /// <summary>The columns' names in SQL and their types, in the order of <see cref="Values"/>.</summary>
    IReadOnlyList<(string Name, ColumnType Type)> ColumnTypes { get; }

    /// <summary>The values of all columns of a state.</summary>
    object?[] Values(object state, ISettings settings);

    /// <summary>The columns that two states differ in: their indexes, and their new values in their places.</summary>
    /// <param name="before">Null for a new entity: all columns.</param>
    /// <param name="after">The state now.</param>
    /// <param name="settings">As for <see cref="Values"/>.</param>
    (int[] Changed, object?[] Values) Changes(object? before, object after, ISettings settings);

    /// <summary>True when two states have the same terms for certain.</summary>
    bool HasSameTerms(object before, object after);

    /// <summary>The terms of a state, without duplicates.</summary>
    IReadOnlyList<Term> Terms(object state);

    /// <summary>The sums that a state counts in, each by one.</summary>
    IReadOnlyList<Total> Totals(object state);

    /// <summary>Columns with a unique index in the company, and the refusal's code when a value is taken.</summary>
    IReadOnlyDictionary<string, string> Unique { get; }

    /// <summary>The first number of the kind in a company.</summary>
    long FirstNumber { get; }

    /// <summary>True = some rows are not for everybody who may read the kind: see <see cref="IsSeenBy"/>.</summary>
    bool HasHiddenRows { get; }

    /// <summary>False = for this caller the row is not there: commands are 404, whatever else is wrong with them, and the journal does not show its entries.</summary>
    bool IsSeenBy(object state, Caller caller, ISettings settings);

    /// <summary>True for settings: one entity per company, with a default where nothing was set.</summary>
    bool IsSettings { get; }

    /// <summary>The settings of a company that never changed any.</summary>
    object Default(CompanyRef company);
}

/// <summary>The usual <see cref="IEntity"/>.</summary>
/// <typeparam name="TState">The entity's immutable state.</typeparam>
public sealed class Entity<TState>(string kind, string table) : IEntity where TState : class
{

    /// <inheritdoc />
    public string Kind => kind;

    /// <inheritdoc />
    public string Table => table;

    /// <inheritdoc />
    public string? TermTable { get; init; }

    /// <summary>The columns beside the document.</summary>
    public IReadOnlyList<Column<TState>> Columns
    {
        get;
        init => (field, ColumnTypes) = (value, [.. value.Select(c => (c.Name, c.Type))]);
    } = [];

    /// <summary>Reads the terms of a state; null = none.</summary>
    public Func<TState, IEnumerable<Term>>? TermsOf { get; init; }

    /// <summary>True when two states have the same terms for certain; null = both are made and compared.</summary>
    public Func<TState, TState, bool>? SameTerms { get; init; }

    /// <summary>Reads the sums that a state counts in; null = none.</summary>
    public Func<TState, IEnumerable<Total>>? TotalsOf { get; init; }

    /// <summary>The view that callers get. The moment gives the names behind keys (stages, users).</summary>
    public required Func<Row<TState>, ISettings, object> View { get; init; }

    /// <summary>Says who sees a row; null = everybody who may read the kind.</summary>
    public Func<TState, Caller, ISettings, bool>? SeenBy { get; init; }

    /// <inheritdoc />
    public long FirstNumber { get; init; } = 1;

    /// <summary>Makes the settings of a company that never changed any; null = this is no settings kind.</summary>
    public Func<CompanyRef, TState>? DefaultOf { get; init; }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Unique { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public Type StateType => typeof(TState);

    /// <inheritdoc />
    public IReadOnlyList<(string Name, ColumnType Type)> ColumnTypes { get; private init; } = [];

    /// <inheritdoc />
    public bool HasHiddenRows => SeenBy is not null;

    /// <inheritdoc />
    public bool IsSeenBy(object state, Caller caller, ISettings settings) => SeenBy is null || SeenBy((TState)state, caller, settings);

    /// <inheritdoc />
    public bool IsSettings => DefaultOf is not null;

    /// <inheritdoc />
    public object Default(CompanyRef company) =>
        DefaultOf is null ? throw new InvalidOperationException($"{kind} is not a settings kind.") : DefaultOf(company);

    /// <inheritdoc />
    public object?[] Values(object state, ISettings settings)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].Value((TState)state, settings);
        return values;
    }

    /// <inheritdoc />
    public (int[] Changed, object?[] Values) Changes(object? before, object after, ISettings settings)
    {
        var values = new object?[Columns.Count];
        Span<int> changed = stackalloc int[values.Length];
        var changes = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (before is not null && Columns[i].Same?.Invoke((TState)before, (TState)after) == true) continue;
            values[i] = Columns[i].Value((TState)after, settings);
            if (before is null || !Equals(values[i], Columns[i].Value((TState)before, settings))) changed[changes++] = i;
        }
        return (changed[..changes].ToArray(), values);
    }

    /// <inheritdoc />
    public bool HasSameTerms(object before, object after) => TermsOf is null || SameTerms?.Invoke((TState)before, (TState)after) == true;

    /// <inheritdoc />
    public IReadOnlyList<Term> Terms(object state) => TermsOf is null ? [] : [.. TermsOf((TState)state).Distinct()];

    /// <inheritdoc />
    public IReadOnlyList<Total> Totals(object state) => TotalsOf is null ? [] : [.. TotalsOf((TState)state)];
}
