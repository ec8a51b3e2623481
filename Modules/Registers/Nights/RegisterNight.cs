namespace Crm.Registers;

/// <summary>How far the nightly reading of one register is: which night, which host, and what became of it.</summary>
internal sealed record RegisterNight
{
    public static readonly Entity<RegisterNight> Entity = new("registerNight", "register_nights")
    {
        Columns = [new("plugin", ColumnType.Text, n => n.Plugin)],
        Unique = new Dictionary<string, string> { ["plugin"] = "registerNight.there" },
        View = (row, _) => row.State,
    };

    public required string Plugin { get; init; }

    /// <summary>The company's day on whose night it was last begun.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The host that reads; null = nobody does, the night is over.</summary>
    public string? Host { get; init; }
    public DateTimeOffset Until { get; init; }

    /// <summary>Questions asked in this night, which a host that goes on for another one counts from.</summary>
    public int Asked { get; init; }

    /// <summary>Where the register's feed of changes is read on; null = it was never read.</summary>
    public string? Cursor { get; init; }

    /// <summary>Why the last night ended early; null = it did not.</summary>
    public string? Problem { get; init; }

    public bool IsHeldBy(string host, DateTimeOffset now) => Host == host && Until > now;
}

/// <summary>One host takes a night, and no night is taken twice. The claim runs out, so that another host goes on when this one dies.</summary>
internal sealed record TakeNight(string Plugin, DateOnly Day, string Host, TimeSpan For) : ICommand<RegisterNight>, ICreation<RegisterNight>
{
    public Decision<RegisterNight> Decide(Moment at) => Taken(new() { Plugin = Plugin }, at);

    public Decision<RegisterNight> Decide(RegisterNight state, Moment at) =>
        state.Day > Day || (state.Day == Day && state.Host is null) ? Refusal.Conflict("registerNight.over", "This night's reading is over.")
        : state.Host is not null && state.Host != Host && state.Until > at.Now ? Refusal.Conflict("registerNight.taken", "Another host reads.")
        : Taken(state, at);

    private Decision<RegisterNight> Taken(RegisterNight state, Moment at) =>
        Decision.Accept((state.Day == Day ? state : state with { Day = Day, Asked = 0, Problem = null }) with { Host = Host, Until = at.Now + For }, "registerNight.taken");
}

/// <summary>How far it is. Keeps the claim.</summary>
internal sealed record ReportNight(string Host, TimeSpan For, int Asked, string? Cursor) : ICommand<RegisterNight>
{
    public Decision<RegisterNight> Decide(RegisterNight state, Moment at) =>
        state.IsHeldBy(Host, at.Now) ? Decision.Accept(state with { Asked = Asked, Cursor = Cursor, Until = at.Now + For }, "registerNight.reported") : Lost;

    internal static Refusal Lost => Refusal.Conflict("registerNight.lost", "The claim has run out.");
}

/// <summary>The night is over, and why before its end; null = all was read.</summary>
internal sealed record EndNight(string Host, int Asked, string? Cursor, string? Problem) : ICommand<RegisterNight>
{
    public Decision<RegisterNight> Decide(RegisterNight state, Moment at) =>
        state.IsHeldBy(Host, at.Now) ? Decision.Accept(state with { Host = null, Asked = Asked, Cursor = Cursor, Problem = Problem }, "registerNight.ended") : ReportNight.Lost;
}
