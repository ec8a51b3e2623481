using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>An entry of the ledger: a partner that is, or is to be, a customer in an accounting system.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Plugin">The system.</param>
/// <param name="Partner">The partner; null = it is made once the system has the customer.</param>
/// <param name="Name">What the customer is called.</param>
/// <param name="Kind">create or update.</param>
/// <param name="State">waiting, sending, unknown (a write may have arrived, and is asked for), done, refused (until something is put right), review (somebody has to say) or withdrawn.</param>
/// <param name="Rule">The tag whose rule asked for it; null = somebody did.</param>
/// <param name="ExternalNumber">The customer's number there; null = not known yet.</param>
/// <param name="Problem">What stands in the way, such as invalid; null = nothing.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="DueAt">When it is tried next; null = not by itself.</param>
/// <param name="Attempts">The last tries, the newest first.</param>
/// <param name="Version">For the ETag.</param>
internal sealed record PushView(
    long Number, string Plugin, long? Partner, string? Name, PushKind Kind, string State, string? Rule, string? ExternalNumber, string? Problem, string? Detail, DateTimeOffset? DueAt, IReadOnlyList<Attempt> Attempts, long Version)
{
    public static PushView Of(Row<Push> row)
    {
        var p = row.State;
        var name = p.Written?.Name ?? (p.Draft is { } draft && draft.TryGetProperty("name", out var n) ? n.GetString() : null);
        return new(row.Number, p.Plugin, p.Partner, name, p.Kind, p.Word(), p.Rule, p.ExternalNumber, p.Problem, p.Detail, p.DueAt, p.Attempts, row.Version);
    }
}

/// <summary>An entry with what was sent and answered.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Exchanges">The requests of its tries, without secrets; those of the last thirty days.</param>
internal sealed record PushDetail(PushView Entry, IReadOnlyList<ExchangeView> Exchanges);

/// <summary>A request and its answer.</summary>
/// <param name="Attempt">The try that it belongs to.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Method">Such as POST.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Body">What was sent; null = nothing.</param>
/// <param name="Status">HTTP status; null = there was no answer.</param>
/// <param name="Answer">What was answered; null = nothing.</param>
internal sealed record ExchangeView(int Attempt, DateTimeOffset At, double Milliseconds, string Method, string Address, string? Body, int? Status, string? Answer)
{
    public static ExchangeView Of(int attempt, PluginExchange e) => new(attempt, e.At, Math.Round(e.Took.TotalMilliseconds, 1), e.Method, e.Address, e.Body, e.Status, e.Answer);
}

/// <summary>Why a partner is, or is not, a customer in an accounting system.</summary>
/// <param name="Plugin">The system.</param>
/// <param name="IsThere">True = it is a customer there.</param>
/// <param name="ExternalNumber">Its number there.</param>
/// <param name="Because">linked, noRule, notTagged, waiting, sending, unknown, refused, review, withdrawn, removed or connection.</param>
/// <param name="Rule">The tag whose rule concerns it; null = none does.</param>
/// <param name="Tags">Tags that would send it there.</param>
/// <param name="Next">What happens next, or what somebody can do: nothing, wait, tag, addRule, correct, decide, reconnect, resume or ask.</param>
/// <param name="Text">Both in one English sentence.</param>
/// <param name="Entry">The ledger's entry; null = nothing was ever asked for.</param>
/// <param name="Conflicts">Fields that both sides have otherwise.</param>
internal sealed record Explanation(
    string Plugin, bool IsThere, string? ExternalNumber, string Because, string? Rule, IReadOnlyList<string> Tags, string Next, string Text, PushView? Entry, IReadOnlyList<ConflictView> Conflicts);

/// <summary>A field that both sides have otherwise.</summary>
/// <param name="Field">Which.</param>
/// <param name="Ours">What the CRM had.</param>
/// <param name="Theirs">What the accounting system had.</param>
/// <param name="Winner">Whose word counted: accounting or crm; null = somebody has to say.</param>
/// <param name="At">When it was seen.</param>
internal sealed record ConflictView(SharedField Field, string Ours, string Theirs, string? Winner, DateTimeOffset At)
{
    public static ConflictView Of(Conflict c) => new(c.Field, c.Ours, c.Theirs, c.Winner is { } winner ? ConnectionView.Word(winner) : null, c.At);
}

/// <summary>A customer that is made in the accounting system first, and is a partner once it is there.</summary>
internal sealed record NewCustomer
{
    /// <summary>The accounting plugin, such as economic.</summary>
    public required string Plugin { get; init; }

    /// <summary>What POST /partners takes.</summary>
    [Description("What POST /partners takes.")]
    public required System.Text.Json.JsonElement Partner { get; init; }

    /// <summary>The customer group there; null = the plugin's own.</summary>
    public string? Group { get; init; }
}

/// <summary>Whose word counts.</summary>
/// <param name="Field">Which field.</param>
/// <param name="Take">accounting or crm.</param>
internal sealed record ConflictDecision(SharedField Field, Side Take);
