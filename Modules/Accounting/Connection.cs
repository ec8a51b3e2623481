using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>
/// A company's connection to one accounting system: what was read up to when, the run that is under way, and how the last ones went. A run goes on from
/// its cursor after a failure, a restart or a swap of the plugin; every page that is stored moves the cursor in the same commit.
/// </summary>
internal sealed record Connection
{
    public const int RunsKept = 20, UsualMinutes = 15;

    /// <summary>Changes are asked for from a little before the last answer: clocks differ, and rows that were being written then are seen now.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public static Entity<Connection> Entity { get; } = new("accountingConnection", "accounting_connections")
    {
        Columns = [new("plugin", ColumnType.Text, c => c.Plugin), new("due_at", ColumnType.Instant, c => c.DueAt is { } due ? Micros.Of(due) : null)],
        Unique = new Dictionary<string, string> { ["plugin"] = "accounting.connection.taken" },
        View = (row, _) => ConnectionView.Of(row),
    };

    public required string Plugin { get; init; }
    public ConnectionState State { get; init; }

    /// <summary>Whom the settings lead to; null = not read yet. Another one is never read into what the first has filled.</summary>
    public Account? Account { get; init; }
    public int EveryMinutes { get; init; } = UsualMinutes;

    /// <summary>What changed since is asked for next time; null = everything.</summary>
    public DateTimeOffset? ReadTo { get; init; }

    /// <summary>The company's day on which everything was last read.</summary>
    public DateOnly? WholeOn { get; init; }

    /// <summary>When a host should work on it; null = not until somebody asks.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public SyncRun? Run { get; init; }
    public IReadOnlyList<SyncRun> Runs { get; init; } = [];
    public long LastRun { get; init; }
    public int FailuresInARow { get; init; }

    /// <summary>True = the credentials may be others than before: nothing is read or written until it is known whom they lead to.</summary>
    public bool IsToVerify { get; init; }

    /// <summary>The host that works on it, until when; another may take it after that.</summary>
    public string? Host { get; init; }
    public DateTimeOffset? HostUntil { get; init; }

    [JsonIgnore]
    public bool IsWorkedOn => Run is not null && Host is not null;

    /// <summary>True = the system, or what is set for it, stands in the way; it helps to put that right.</summary>
    [JsonIgnore]
    public bool IsRefused => State is ConnectionState.ReconnectNeeded or ConnectionState.OtherAccount || (State == ConnectionState.Active && Host is null && Run?.Problem is not null);
}

/// <summary>Whom a connection leads to.</summary>
/// <param name="Id">Its identifier in the system.</param>
/// <param name="Name">Its name there.</param>
/// <param name="OrganisationNumber">Digits only; null = not told.</param>
/// <param name="Currency">Of its books: ISO 4217.</param>
internal sealed record Account(string Id, string Name, string? OrganisationNumber, string Currency);

internal enum ConnectionState
{
    Active,

    /// <summary>Somebody stopped it.</summary>
    Paused,

    /// <summary>The accounting system takes the credentials no longer.</summary>
    ReconnectNeeded,

    /// <summary>The credentials lead to another company than before.</summary>
    OtherAccount,
}

/// <summary>What a run does one after the other.</summary>
internal enum SyncStep
{
    Account,
    Customers,
    Invoices,
    Balances,
    Rest,
}

/// <summary>One time of reading.</summary>
internal sealed record SyncRun
{
    public required long Number { get; init; }

    /// <summary>True = everything, false = what changed.</summary>
    public required bool Whole { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public SyncStep Step { get; init; }
    public string? Cursor { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int Calls { get; init; }
    public long Customers { get; init; }
    public long Invoices { get; init; }
    public long Balances { get; init; }

    /// <summary>Rows that were not as the CRM had them.</summary>
    public long Changed { get; init; }

    /// <summary>In the step, where the system tells.</summary>
    public long Done { get; init; }
    public long? Total { get; init; }

    /// <summary>Why it stopped the last time, such as <c>rateLimited</c>; null = it did not.</summary>
    public string? Problem { get; init; }
    public string? Detail { get; init; }
}
