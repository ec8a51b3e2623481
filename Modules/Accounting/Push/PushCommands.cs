using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>A partner is to be a customer in a system, or a customer there that is to become a partner.</summary>
internal sealed record AskPush(Push Push) : ICreation<Push>
{
    public Decision<Push> Decide(Moment at) => Decision.Accept(Push with { State = PushState.Waiting, DueAt = at.Now }, "accountingPush.asked");
}

/// <summary>It is wanted (still, or again): there is something to write that was not there at the last try.</summary>
/// <param name="Kind">What is to be done there.</param>
/// <param name="Intent">Names the write, should it be another than the one before.</param>
/// <param name="Rule">The tag whose rule asks for it; null = somebody does.</param>
/// <param name="Group">The rule's customer group.</param>
internal sealed record AskPushAgain(PushKind Kind, string Intent, string? Rule, string? Group) : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at)
    {
        var asked = push with { Rule = Rule, Group = Group };
        if (push.State == PushState.Sending) return push.Again && push.Rule == Rule && push.Group == Group ? Decision.Nothing(push) : Decision.Accept(asked with { Again = true }, "accountingPush.askedAgain");
        // Of a write that may have arrived the kind stays until that is known: a customer that is there must not be made anew.
        if (push.IsUnknown) return asked.Rule == push.Rule && asked.Group == push.Group ? Decision.Nothing(push) : Decision.Accept(asked, "accountingPush.askedAgain");
        if (push.State == PushState.Waiting && push.Kind == Kind && push.FailuresInARow == 0) return asked.Rule == push.Rule && asked.Group == push.Group ? Decision.Nothing(push) : Decision.Accept(asked, "accountingPush.askedAgain");
        return Decision.Accept(asked with { Kind = Kind, Intent = push.Kind == Kind && push.State == PushState.Waiting ? push.Intent : Intent, State = PushState.Waiting, DueAt = at.Now, FailuresInARow = 0, Problem = null, Detail = null }, "accountingPush.askedAgain");
    }
}

/// <summary>It is wanted no longer. What may have arrived already is still looked for.</summary>
internal sealed record WithdrawPush : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at) => push switch
    {
        { State: PushState.Sending } or { IsUnknown: true } or { State: PushState.Done or PushState.Withdrawn } => Decision.Nothing(push),
        _ => Decision.Accept(push with { State = PushState.Withdrawn, DueAt = null, Problem = null, Detail = null }, "accountingPush.withdrawn"),
    };
}

/// <summary>A host is about to write: stored before anything is sent.</summary>
/// <param name="Host">The host.</param>
/// <param name="For">How long nobody else may; longer than the call can take, and until what is on its way has surely arrived.</param>
/// <param name="Written">What is going to be written.</param>
internal sealed record BeginPush(string Host, TimeSpan For, AccountingCustomer? Written) : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at)
    {
        if (push.DueAt is not { } due || due > at.Now) return Refusal.Conflict("accounting.notDue", "There is nothing to do yet.");
        if (push.State == PushState.Sending && push.HostUntil > at.Now) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        // Whoever was at it has ended in the middle: nobody knows what arrived.
        var attempts = push.Attempts.Select((a, i) => i == 0 && a.EndedAt is null ? a with { EndedAt = at.Now, Outcome = "unknown", Detail = "The server ended before an answer came." } : a);
        return Decision.Accept(push with
        {
            State = PushState.Sending, Host = Host, HostUntil = at.Now + For, DueAt = at.Now + For, IsUnknown = push.IsUnknown || push.State == PushState.Sending, UnknownSince = push.UnknownSince ?? (push.State == PushState.Sending ? push.Attempts[0].At : null), Again = false, Written = Written ?? push.Written,
            AttemptCount = push.AttemptCount + 1, Attempts = [new(push.AttemptCount + 1, at.Now), .. attempts.Take(Push.AttemptsKept - 1)],
        }, "accountingPush.begun");
    }
}

/// <summary>What came of a try.</summary>
/// <param name="Host">Who tried.</param>
/// <param name="Outcome">created, linked, updated, nothing, failed, refused, unknown or review.</param>
internal sealed record EndPush(string Host, string Outcome) : ICommand<Push>
{
    /// <summary>More in words.</summary>
    public string? Detail { get; init; }

    /// <summary>Why it failed, such as rateLimited.</summary>
    public string? Problem { get; init; }

    /// <summary>When it is worth another try; null = not by itself.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>The customer there, where it is known now.</summary>
    public AccountingCustomer? There { get; init; }

    /// <summary>The partner that was made of a draft.</summary>
    public long? Made { get; init; }

    public Decision<Push> Decide(Push push, Moment at)
    {
        if (push.Host != Host || push.State != PushState.Sending) return Refusal.Conflict("accounting.taken", "Another host works on it.");
        var isDone = Outcome is "created" or "linked" or "updated" or "nothing";
        var isUnknown = Outcome == "unknown" || (Outcome == "failed" && push.IsUnknown);
        var ended = push with
        {
            Host = null, HostUntil = null, Again = false, Problem = Problem, Detail = Detail, Partner = Made ?? push.Partner, ExternalId = There?.Id ?? push.ExternalId, ExternalNumber = There?.Number ?? There?.Id ?? push.ExternalNumber,
            Attempts = [push.Attempts[0] with { EndedAt = at.Now, Outcome = Outcome, Detail = Detail }, .. push.Attempts.Skip(1)],
            IsUnknown = isUnknown, UnknownSince = isUnknown ? push.UnknownSince ?? push.Attempts[0].At : null,
            FailuresInARow = isDone ? 0 : push.FailuresInARow + 1,
            State = isDone ? PushState.Done : Outcome switch { "refused" => PushState.Refused, "review" => PushState.Review, _ => PushState.Waiting },
            DueAt = After is { } after ? at.Now + after : null,
        };
        if (isDone) ended = ended with { Draft = null };
        // Changed while it was on its way: looked at once more.
        if (push.Again && ended.State is PushState.Done or PushState.Refused) ended = ended with { Kind = isDone ? PushKind.Update : push.Kind, State = PushState.Waiting, DueAt = at.Now };
        return Decision.Accept(ended, $"accountingPush.{Outcome}");
    }
}

/// <summary>Somebody wants it tried now.</summary>
internal sealed record RetryPush : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at) => push switch
    {
        { State: PushState.Done } => Refusal.Conflict("accounting.push.done", "It is there already."),
        { State: PushState.Sending } => Decision.Nothing(push),
        // It is asked for by itself, and not before what was on its way has surely arrived.
        { IsUnknown: true, DueAt: not null } => Decision.Nothing(push),
        _ => Decision.Accept(push with { State = PushState.Waiting, DueAt = at.Now, FailuresInARow = 0 }, "accountingPush.askedAgain"),
    };
}

/// <summary>Somebody wants it no longer.</summary>
internal sealed record AbandonPush : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at) => push switch
    {
        { State: PushState.Done } => Refusal.Conflict("accounting.push.done", "It is there already."),
        { State: PushState.Sending } => Refusal.Conflict("accounting.push.sending", "It is being sent. Ask again in a moment."),
        // What may be there is not forgotten: the next time that customers are read it is found.
        { State: PushState.Withdrawn } => Decision.Nothing(push),
        _ => Decision.Accept(push with { State = PushState.Withdrawn, IsUnknown = false, UnknownSince = null, DueAt = null, Problem = null, Detail = null }, "accountingPush.withdrawn"),
    };
}

/// <summary>It cannot be its turn now, by no fault of its own: the connection is paused, or its credentials are taken no longer.</summary>
internal sealed record PostponePush(TimeSpan For, string Reason) : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at) =>
        push.DueAt is null || (push.State == PushState.Sending && push.HostUntil > at.Now) ? Decision.Nothing(push) : Decision.Accept(push with { DueAt = at.Now + For, Problem = Reason, Detail = null }, "accountingPush.postponed");
}

/// <summary>Leaves it as it is: for what is committed while it is held.</summary>
internal sealed record LeavePush : ICommand<Push>
{
    public Decision<Push> Decide(Push push, Moment at) => Decision.Nothing(push);
}
