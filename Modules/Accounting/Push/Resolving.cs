using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>Somebody says whose word counts for a field that both sides have otherwise.</summary>
internal sealed class Resolving(IActors actors, IPartnerAccounting partners, Comparing comparing)
{
    /// <param name="call">Who says it.</param>
    /// <param name="number">The customer.</param>
    /// <param name="decision">The field, and whose word.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Answer<LedgerCustomerView>> ResolveAsync(Call call, long number, ConflictDecision decision, CancellationToken ct)
    {
        if (await actors.ReadAsync<LedgerCustomer>(call.Company, number, ct) is not { State: { Partner: { } partnerNumber } customer }) return Refusal.NotFound("accountingCustomer");
        if (customer.Memory.Conflicts.All(c => c.Field != decision.Field)) return Refusal.Conflict("accounting.conflict.none", "Both sides have the same here, or nobody compares it.");
        if ((await partners.ReadAsync(call.Company, [partnerNumber], ct)).SingleOrDefault() is not { IsDeleted: false } partner) return Refusal.NotFound("partner");
        var settings = await actors.SettingsAsync(call.Company, ct);
        var rules = settings.Get<PushSettings>();
        // What is written there is written by a rule: without one the CRM's word would never arrive.
        if (decision.Take == Side.Crm && rules.RuleFor(customer.Plugin, partner.Tags) is null) return Refusal.Conflict("accounting.conflict.noRule", "No rule sends this partner there, so its value cannot be written.");
        if (decision is { Take: Side.Accounting, Field: SharedField.Owner } && !Shared.Of(customer, partner, settings.Get<CompanyProfile>())[SharedField.Owner].CanBeTaken) return Refusal.Conflict("accounting.conflict.noUser", "No active user of the company has this co-worker's e-mail address, or alone the name.");
        if (decision.Take == Side.Accounting && Shared.Untold(customer.There, [decision.Field]).Count > 0) return Refusal.Conflict("accounting.conflict.untold", "What is there has not been read yet.");
        var memory = customer.Memory with
        {
            Said = new Dictionary<SharedField, Side>(customer.Memory.Said) { [decision.Field] = decision.Take }, Conflicts = [.. customer.Memory.Conflicts.Where(c => c.Field != decision.Field)],
            Tried = customer.Memory.Tried.Where(t => t.Key != decision.Field).ToDictionary(),
        };
        SharedField[] take = decision.Take == Side.Accounting ? [decision.Field] : [];
        if (await comparing.TakeAsync(call, partner, (number, customer), take, memory, ct) is { } refused) return refused;
        return (await actors.ReadAsync<LedgerCustomer>(call.Company, number, ct)).ToAnswer<LedgerCustomerView, LedgerCustomer>(LedgerCustomer.Entity, settings);
    }
}
