using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>Compares a partner with the customer that it is, in the fields that are kept the same, and takes over what the accounting system's word counts for.</summary>
internal sealed class Comparing(IActors actors, IJournal journal, IPartnerAccounting partners, TimeProvider clock)
{
    private const int EntriesBack = 100;

    /// <summary>Takes over what is to be taken over, remembers what was seen, and says whether anything is to be written there.</summary>
    public async Task<bool> IsToWriteAsync(Call call, PushSettings rules, PartnerAccount partner, PushRule? rule, (long Number, LedgerCustomer State) customer, CancellationToken ct)
    {
        var found = await OfAsync(call, rules, partner, rule is not null, customer.State, ct);
        if (found.Take.Count == 0 && found.Memory.IsSameAs(customer.State.Memory)) return found.Push.Count > 0;
        await TakeAsync(call, partner, customer, found.Take, found.Memory, ct);
        return found.Push.Count > 0;
    }

    /// <summary>What is to become of the fields.</summary>
    public async Task<Reconciled> OfAsync(Call call, PushSettings rules, PartnerAccount partner, bool mayPush, LedgerCustomer customer, CancellationToken ct)
    {
        var (ours, theirs) = (Shared.Of(partner), Shared.Of(customer, partner, (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>()));
        // What is not told is not nothing: it is neither taken for the same nor for changed.
        var untold = Shared.Untold(customer.There, rules.Wins.Keys);
        var told = rules.Wins.Where(w => !untold.Contains(w.Key)).ToDictionary();
        var isAsked = told.Any(w => w.Value == Wins.Newest && ours[w.Key].Key != theirs[w.Key].Key);
        var written = isAsked && customer.There.ChangedAt is not null ? await journal.OfEntityAsync(call.Company, "partner", partner.Number, null, EntriesBack, ct) : [];
        var found = Reconciling.Of(ours, theirs, customer.Memory, told, field => customer.There.ChangedAt is { } changed && LastWritten(written, field) is { } at ? at > changed : null, mayPush, clock.GetUtcNow());
        found = found with { Memory = found.Memory with { Conflicts = [.. found.Memory.Conflicts, .. customer.Memory.Conflicts.Where(c => untold.Contains(c.Field))] } };
        // Writing begins with reading all of the customer, and then it is known.
        return mayPush && customer.There.IsShort ? found with { Push = [.. found.Push, .. untold.Where(f => ours[f].Key.Length > 0)] } : found;
    }

    /// <summary>Puts values of the customer into the partner, and remembers that in the same commit.</summary>
    /// <returns>What the partner's own rules have against it; null = nothing.</returns>
    public async Task<Refusal?> TakeAsync(Call call, PartnerAccount partner, (long Number, LedgerCustomer State) customer, IReadOnlyCollection<SharedField> fields, SharedMemory memory, CancellationToken ct)
    {
        Refusal? refused = null;
        Send[] takes = fields.Count == 0 ? [] : [partners.Take(partner.Number, Shared.Taken(customer.State, partner, (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>(), fields))];
        var reply = await actors.SendAsync(call, takes, customer.Number, sent => { refused = sent.Select(s => s.Refusal).FirstOrDefault(r => r is not null); return new RememberShared(memory); }, ct);
        if (reply.Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
        return refused ?? reply.Refusal;
    }

    /// <summary>When somebody last wrote a field of the partner.</summary>
    private static DateTimeOffset? LastWritten(IReadOnlyList<Event> entries, SharedField field)
    {
        string[] members = field switch
        {
            SharedField.Name => ["name"], SharedField.OrganisationNumber => ["organisationNumber"], SharedField.VatNumber => ["vatNumber"], SharedField.Address => ["invoiceAddress", "postal", "visiting"],
            SharedField.Email => ["email"], SharedField.InvoiceEmail => ["invoicing"], SharedField.Phone => ["phone"], SharedField.Website => ["website"], SharedField.Owner => ["owner"], _ => ["creditLimit"],
        };
        return entries.FirstOrDefault(e => members.Any(m => e.After.TryGetProperty(m, out _) || e.Before.TryGetProperty(m, out _)))?.At;
    }
}
