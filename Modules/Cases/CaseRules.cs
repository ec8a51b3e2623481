using Crm.Contracts;

namespace Crm.Cases;

/// <summary>Applies written fields to a case and reports every broken rule at once. Won is 100 %, lost is 0 %, here and so everywhere.</summary>
internal sealed class CaseRules(CaseFields fields, Case before, Moment at)
{
    public static readonly DateOnly FirstDay = new(1900, 1, 1), LastDay = new(2199, 12, 31);

    private readonly List<Problem> _problems = [];
    private readonly CaseSettings _settings = at.Settings.Get<CaseSettings>();
    private readonly CompanyProfile _company = at.Settings.Get<CompanyProfile>();

    public static (Case? Case, Refusal? Refusal) Apply(CaseFields fields, Case before, Moment at)
    {
        var rules = new CaseRules(fields, before, at);
        var after = rules.Apply();
        return rules._problems.Count == 0 ? (after, null) : (null, Refusal.Invalid(rules._problems));
    }

    private Case Apply()
    {
        if (fields.Number.IsSet) Wrong("/number", "case.number.immutable", "A case's number is assigned and never changes.");
        var partner = fields.Partner.Or(before.Partner == 0 ? null : before.Partner);
        if (partner is null) Wrong("/partner", "case.partner.required", "A case belongs to a customer: send its number as partner.");
        var title = Text(fields.Title, before.Title, "/title", Case.MaxTitle);
        if (string.IsNullOrEmpty(title) && _problems.All(p => p.Pointer != "/title")) Wrong("/title", "case.title.required", "A case has a title.");
        var after = WithStatus(before with
        {
            Title = title ?? "", Partner = partner ?? 0, Value = Value(), Owner = Owner(), Description = Text(fields.Description, before.Description, "/description", 10_000),
            FollowUp = Date(fields.FollowUp, before.FollowUp, "/followUp"), ExpectedClose = Date(fields.ExpectedClose, before.ExpectedClose, "/expectedClose"), Customer = Customer(),
        });
        return after with { LostReason = LostReason(after) };
    }

    /// <summary>The status, and the probability that follows from it (R84, R90, R91, A13).</summary>
    private Case WithStatus(Case after)
    {
        var old = _settings.Find(before.Status);
        var key = Text(fields.Status, before.Status.Length == 0 ? null : before.Status, "/status", 60) ?? _settings.Statuses.First(s => s is { Kind: StatusKind.Open, Disabled: false }).Key;
        var status = _settings.Find(key);
        if (status is null || (status.Disabled && key != before.Status))
        {
            Wrong("/status", "case.status.unknown", $"Use one of: {string.Join(", ", _settings.Statuses.Where(s => !s.Disabled).Select(s => s.Key))}.");
            return after;
        }
        var given = fields.Probability;
        if (given is { IsSet: true, Value: null or < 0 or > 100 }) Wrong("/probability", "case.probability.range", "A probability is a whole number from 0 to 100.");
        if (status.Kind != StatusKind.Open)
        {
            if (given.IsSet && given.Value != status.Probability) Wrong("/probability", "case.probability.fixed", $"A case that is {status.Key} has {status.Probability} %, always.");
            after = after with { Probability = status.Probability, OpenProbability = before.OpenProbability ?? (old?.Kind == StatusKind.Open ? before.Probability : null) };
        }
        else
        {
            var kept = before.OpenProbability ?? (old is null || (key != before.Status && before.Probability == old.Probability) ? status.Probability : before.Probability);
            after = after with { Probability = given.Value ?? kept, OpenProbability = null };
        }
        return key == before.Status ? after : after with { Status = key, StatusChangedAt = at.Now };
    }

    private Money? Value()
    {
        if (!fields.Value.IsSet) return before.Value;
        if (fields.Value.Value is not { } written) return null;
        var (amount, currency) = (written.Amount.Or(before.Value?.Amount), written.Currency.Or(before.Value?.Currency) ?? _company.BaseCurrency);
        if (amount is null) { Wrong("/value/amount", "money.amount.required", "A value has an amount; null for no value at all."); return null; }
        if (Money.Problem(amount.Value, currency) is { } problem) { Wrong("/value", "money.invalid", problem); return null; }
        if (amount < 0) Wrong("/value/amount", "case.value.negative", "A value is 0 or more.");
        return new(amount.Value, currency);
    }

    private string? Owner()
    {
        var owner = Text(fields.Owner, before.Owner, "/owner", 40);
        if (fields.Owner.IsSet && owner is not null && owner != before.Owner && _company.Member(owner) is null or { Disabled: true })
            Wrong("/owner", "case.owner.unknown", "An owner is an active user of the company, by id such as u12.");
        return owner;
    }

    private LostReason? LostReason(Case after)
    {
        var isLost = _settings.Find(after.Status)?.Kind == StatusKind.Lost;
        if (!fields.LostReason.IsSet) return isLost ? before.LostReason : null;
        if (fields.LostReason.Value is not { } written) return null;
        if (!isLost) { Wrong("/lostReason", "case.lostReason.notLost", "Only a lost case has a reason for it."); return null; }
        var (key, text) = (Text(written.Key, before.LostReason?.Key, "/lostReason/key", 60), Text(written.Text, before.LostReason?.Text, "/lostReason/text", 1_000));
        if (key is not null && _settings.LostReasons.All(r => r.Key != key)) Wrong("/lostReason/key", "case.lostReason.unknown", $"Use one of: {string.Join(", ", _settings.LostReasons.Select(r => r.Key))}.");
        return key is null && text is null ? null : new(key, text);
    }

    private CustomerFields? Customer()
    {
        if (!fields.Customer.IsSet) return before.Customer;
        if (fields.Customer.Value is not { } w) return null;
        var old = before.Customer;
        var country = Text(w.DeliveryCountry, old?.DeliveryCountry, "/customer/deliveryCountry", 2)?.ToUpperInvariant();
        if (country is not null && !Countries.IsKnown(country)) Wrong("/customer/deliveryCountry", "address.country.unknown", "The country is an ISO 3166-1 code such as SE.");
        var customer = new CustomerFields(
            Text(w.Reference, old?.Reference, "/customer/reference", 200), Text(w.Requisition, old?.Requisition, "/customer/requisition", 100), Text(w.Contact, old?.Contact, "/customer/contact", 200),
            Text(w.DeliveryStreet, old?.DeliveryStreet, "/customer/deliveryStreet", 200), Text(w.DeliveryPostalCode, old?.DeliveryPostalCode, "/customer/deliveryPostalCode", 20),
            Text(w.DeliveryCity, old?.DeliveryCity, "/customer/deliveryCity", 100), country,
            Date(w.StartDate, old?.StartDate, "/customer/startDate"), Date(w.DeliveryDate, old?.DeliveryDate, "/customer/deliveryDate"));
        if (customer.DeliveryDate < customer.StartDate) Wrong("/customer/deliveryDate", "case.delivery.beforeStart", "Delivery is not before start.");
        return customer;
    }

    private DateOnly? Date(Optional<DateOnly?> field, DateOnly? old, string pointer)
    {
        var date = field.Or(old);
        if (field.IsSet && (date < FirstDay || date > LastDay)) Wrong(pointer, "date.range", "A date lies between 1900-01-01 and 2199-12-31.");
        return date;
    }

    private string? Text(Optional<string> field, string? old, string pointer, int most)
    {
        if (!field.IsSet) return old;
        var text = field.Value?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > most) Wrong(pointer, "text.tooLong", $"At most {most} characters.");
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) Wrong(pointer, "text.control", "A control character is in the text.");
        return text;
    }

    private void Wrong(string pointer, string code, string message) => _problems.Add(new(pointer, code, message));
}
