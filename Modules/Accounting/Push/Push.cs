using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>
/// The standing intent that a partner is a customer in an accounting system, and what became of it: the ledger. There is one for each partner and
/// system, so that two can never be on their way. What is about to be written is stored before it is sent, and what came of it afterwards; a write of
/// which nobody knows whether it arrived is asked for before anything is sent again.
/// </summary>
internal sealed record Push
{
    public const int AttemptsKept = 10;

    public static Entity<Push> Entity { get; } = new("accountingPush", "accounting_pushes")
    {
        Columns =
        [
            new("plugin", ColumnType.Text, p => p.Plugin), new("partner", ColumnType.Number, p => p.Partner), new("state", ColumnType.Text, p => p.Word()), new("what", ColumnType.Text, p => p.What()),
            new("due_at", ColumnType.Instant, p => p.DueAt is { } due ? Micros.Of(due) : null),
        ],
        Unique = new Dictionary<string, string> { ["what"] = "accounting.push.there" },
        View = (row, _) => PushView.Of(row),
    };

    public static ListOf<Push> All { get; } = new("accountingPushes", Entity,
        [new("number", "number", ColumnType.Number), new("plugin", "plugin", ColumnType.Text), new("partner", "partner", ColumnType.Number), new("state", "state", ColumnType.Text)]) { DefaultSort = "-number" };

    public required string Plugin { get; init; }

    /// <summary>The partner; null = it is made once the accounting system has the customer (R52).</summary>
    public long? Partner { get; init; }

    /// <summary>What the partner is made of, as POST /partners takes it; null = there is a partner.</summary>
    public JsonElement? Draft { get; init; }

    /// <summary>The same for every try at the same write: systems that know such keys carry it out once.</summary>
    public required string Intent { get; init; }
    public PushKind Kind { get; init; }
    public PushState State { get; init; }

    /// <summary>The tag whose rule asked for it; null = somebody did.</summary>
    public string? Rule { get; init; }
    public string? Group { get; init; }

    /// <summary>Something has changed since the try that is under way began.</summary>
    public bool Again { get; init; }

    /// <summary>True = a write may have arrived of which no answer came.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>When the first write was tried of which that is so; however many tries come after it.</summary>
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>What was last written, or is about to be.</summary>
    public AccountingCustomer? Written { get; init; }

    /// <summary>The customer there, once it is known.</summary>
    public string? ExternalId { get; init; }
    public string? ExternalNumber { get; init; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
    public int AttemptCount { get; init; }
    public int FailuresInARow { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public string? Host { get; init; }
    public DateTimeOffset? HostUntil { get; init; }

    /// <summary>What stands in the way, such as <c>invalid</c>; null = nothing.</summary>
    public string? Problem { get; init; }
    public string? Detail { get; init; }

    /// <summary>What there is one of: a partner in a system.</summary>
    public string What() => $"{Plugin}/{(Partner is { } partner ? $"{partner}" : Intent)}";

    /// <summary>The state as callers read it.</summary>
    public string Word() => State == PushState.Waiting && IsUnknown ? "unknown" : ConnectionView.Word(State);

    [JsonIgnore]
    public bool IsOpen => State is PushState.Waiting or PushState.Sending;
}

/// <summary>What a push does there.</summary>
internal enum PushKind
{
    /// <summary>Makes the customer, unless it is there.</summary>
    Create,

    /// <summary>Writes what the CRM says otherwise.</summary>
    Update,
}

/// <summary>How far a push is.</summary>
internal enum PushState
{
    /// <summary>It is its turn at its time.</summary>
    Waiting,

    /// <summary>A host is at it.</summary>
    Sending,

    /// <summary>The customer is there, as the CRM has it.</summary>
    Done,

    /// <summary>The accounting system refuses it until something is put right.</summary>
    Refused,

    /// <summary>Somebody has to say which customer it is.</summary>
    Review,

    /// <summary>It is wanted no longer.</summary>
    Withdrawn,
}

/// <summary>One try.</summary>
/// <param name="Number">Counts the tries of a push.</param>
/// <param name="At">When it began.</param>
/// <param name="EndedAt">When it ended; null = it is under way, or the host ended in the middle of it.</param>
/// <param name="Outcome">created, linked (it was there already), updated, nothing (it is so already), failed, refused, unknown or review; null = not known yet.</param>
/// <param name="Detail">The same in words; null = nothing more to say.</param>
internal sealed record Attempt(int Number, DateTimeOffset At, DateTimeOffset? EndedAt = null, string? Outcome = null, string? Detail = null);
