using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>A plugin with accounting was switched on.</summary>
internal sealed record OpenConnection(string Plugin) : ICreation<Connection>
{
    public Decision<Connection> Decide(Moment at) => Decision.Accept(new Connection { Plugin = Plugin, DueAt = at.Now }, "accountingConnection.opened");
}

/// <summary>A host begins a run, or goes on with the one that another left.</summary>
/// <param name="Host">The host.</param>
/// <param name="For">How long the claim holds without news.</param>
internal sealed record ClaimRun(string Host, TimeSpan For) : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (connection.DueAt is not { } due || due > at.Now) return Refusal.Conflict("accounting.notDue", "There is nothing to do yet.");
        if (connection.Host is not null && connection.Host != Host && connection.HostUntil > at.Now) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        var run = connection.Run ?? new() { Number = connection.LastRun + 1, Whole = IsWhole(connection, at), StartedAt = at.Now };
        return Decision.Accept(connection with { Run = run, LastRun = run.Number, Host = Host, HostUntil = at.Now + For }, "accountingConnection.runClaimed");
    }

    /// <summary>Everything is read the first time and once a night: what the system forgot to call changed is found, and what is gone there too.</summary>
    private static bool IsWhole(Connection connection, Moment at)
    {
        var company = at.Settings.Get<CompanyProfile>();
        var local = TimeZoneInfo.ConvertTime(at.Now, TimeZoneInfo.FindSystemTimeZoneById(company.TimeZone));
        var today = company.Today(at.Now);
        // Whoever is never read at night is read whole every other day.
        return connection.ReadTo is null || (local.Hour is >= 1 and < 6 && connection.WholeOn != today) || connection.WholeOn < today.AddDays(-1);
    }
}

/// <summary>A page is stored.</summary>
/// <param name="Host">Who works on it.</param>
/// <param name="For">How long the claim holds from now.</param>
/// <param name="Run">The run as it is after the page.</param>
internal sealed record AdvanceRun(string Host, TimeSpan For, SyncRun Run) : ICommand<Connection>
{
    /// <summary>Whom the connection leads to, once it is known.</summary>
    public Account? Account { get; init; }

    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (connection.Host != Host || connection.Run?.Number != Run.Number) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        // Balances begin with their first page each time, so one that was stored is no progress.
        var failures = Run.Step == SyncStep.Balances ? connection.FailuresInARow : 0;
        // In the middle of a page nothing is said but that the host still works on it, and that not each time.
        if (connection.Run == Run && Account is null && connection.HostUntil > at.Now + (For / 2)) return Decision.Nothing(connection);
        return Decision.Accept(connection with { Run = Run, Account = Account ?? connection.Account, IsToVerify = connection.IsToVerify && Account is null, HostUntil = at.Now + For, FailuresInARow = failures }, "accountingConnection.advanced");
    }
}

/// <summary>All was read.</summary>
internal sealed record EndRun(string Host) : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (connection.Host != Host || connection.Run is not { } run) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        return Decision.Accept(connection with
        {
            Run = null, Host = null, HostUntil = null, FailuresInARow = 0,
            Runs = [run with { EndedAt = at.Now, Cursor = null, Problem = null, Detail = null }, .. connection.Runs.Take(Connection.RunsKept - 1)],
            // A run of everything may have been told of customers in short only: the next one of changes looks at those that changed before it, too.
            ReadTo = run.Whole && connection.ReadTo is { } read ? read : run.StartedAt - Connection.Overlap,
            WholeOn = run.Whole ? at.Settings.Get<CompanyProfile>().Today(run.StartedAt) : connection.WholeOn,
            DueAt = connection.State == ConnectionState.Active ? at.Now + TimeSpan.FromMinutes(connection.EveryMinutes) : null,
        }, "accountingConnection.runEnded");
    }
}

/// <summary>The run cannot go on now. It goes on later where it was; after some failures it begins anew, for its cursor may be what is wrong.</summary>
/// <param name="Host">Who worked on it.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Detail">A sentence for an administrator.</param>
/// <param name="After">When it is worth trying again.</param>
internal sealed record FailRun(string Host, PluginErrorKind Kind, string Detail, TimeSpan After) : ICommand<Connection>
{
    private const int BeginsAnew = 5;

    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (connection.Host != Host || connection.Run is not { } run) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        var failures = connection.FailuresInARow + 1;
        var state = Kind == PluginErrorKind.Unauthorized ? ConnectionState.ReconnectNeeded : connection.State;
        var failed = run with { Problem = new PluginFailure(Kind, Detail).Code, Detail = Detail };
        return Decision.Accept(connection with
        {
            State = state, Host = null, HostUntil = null, FailuresInARow = failures,
            // Where the list shifted between two pages only its step begins anew.
            Run = failures % BeginsAnew == 0 ? failed with { Step = SyncStep.Account, Cursor = null, Done = 0, Total = null } : Kind == PluginErrorKind.Conflict ? failed with { Cursor = null, Done = 0, Total = null } : failed,
            DueAt = state == ConnectionState.Active ? at.Now + After : null,
        }, "accountingConnection.runFailed");
    }
}

/// <summary>The credentials lead to another company than the one whose customers are here.</summary>
internal sealed record RefuseAccount(string Host, Account Found) : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at) => connection.Host != Host || connection.Run is not { } run
        ? Refusal.Conflict("accounting.taken", "Another host works on it.")
        : Decision.Accept(connection with
        {
            State = ConnectionState.OtherAccount, DueAt = null, Host = null, HostUntil = null,
            Run = run with { Problem = "otherAccount", Detail = $"The connection leads to {Found.Name}, and not to {connection.Account!.Name} as before. Nothing was read." },
        }, "accountingConnection.otherAccount");
}

/// <summary>What an administrator wants of it.</summary>
internal sealed record ChangeConnection(bool? Paused, int? EveryMinutes) : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (EveryMinutes is < 5 or > 1_440) return Refusal.Invalid([new("/everyMinutes", "accounting.everyMinutes", "5 to 1,440 minutes.")]);
        var state = Paused switch { true => ConnectionState.Paused, false when connection.State == ConnectionState.Paused => ConnectionState.Active, _ => connection.State };
        var after = connection with { State = state, EveryMinutes = EveryMinutes ?? connection.EveryMinutes };
        if (after == connection) return Decision.Nothing(connection);
        return Decision.Accept(after with { DueAt = state != ConnectionState.Active ? null : connection.State != state ? at.Now : connection.DueAt },
            state == connection.State ? "accountingConnection.changed" : state == ConnectionState.Paused ? "accountingConnection.paused" : "accountingConnection.resumed");
    }
}

/// <summary>Reads now, and does not wait for the hour.</summary>
/// <param name="Whole">True = everything; a run that is under way goes on as it is.</param>
internal sealed record RunNow(bool Whole) : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at)
    {
        if (connection.State == ConnectionState.Paused) return Refusal.Conflict("accounting.paused", "The connection is paused.");
        if (connection.IsWorkedOn && connection.HostUntil > at.Now) return Decision.Nothing(connection);
        // Asked again after credentials were set anew, it tries whether they work.
        return Decision.Accept(connection with
        {
            State = ConnectionState.Active, DueAt = at.Now, ReadTo = Whole ? null : connection.ReadTo,
            IsToVerify = connection.IsToVerify || connection.State is ConnectionState.ReconnectNeeded or ConnectionState.OtherAccount,
            // A run of changes that waits cannot become one of everything.
            Run = Whole && connection.Run is { Whole: false } ? null : connection.Run,
        }, "accountingConnection.runAsked");
    }
}

/// <summary>The settings or the consent were changed: the credentials may lead to another company.</summary>
internal sealed record VerifyAccount : ICommand<Connection>
{
    public Decision<Connection> Decide(Connection connection, Moment at) => connection.IsToVerify || connection.Account is null ? Decision.Nothing(connection)
        : Decision.Accept(connection with { IsToVerify = true }, "accountingConnection.toVerify");
}
