using Crm.Contracts;

namespace Crm.Cases;

/// <summary>Applies written fields to a case and reports every broken rule at once. Won is 100 %, lost is 0 %, here and so everywhere.</summary>
internal sealed class CaseRules(CaseFields fields, Case before, Moment at)
{
    public static readonly DateOnly FirstDay = new(1900, 1, 1), LastDay = new(2199, 12, 31);

    private readonly List<Problem> _problems = [];
    private readonly CaseSettings _settings = at.Settings.Get<CaseSettings>();
    private readonly CompanyProfile _company = at.Settings.Get<CompanyProfile>();

    public static (Case? Case, Refusal? Refusal) Apply(CaseFields fields, Case before, Moment at, Problem? wrongPartner = null)
    {
        var rules = new CaseRules(fields, before, at);
        var after = rules.Apply();
        if (wrongPartner is not null) rules._problems.Add(wrongPartner);
        return rules._problems.Count == 0 ? (after, null) : (null, Refusal.Invalid(rules._problems));
    }

    /// <summary>The case as its status wants it, whatever brought it there: what was undone piece by piece fits together again.</summary>
    public static Case Settled(Case c, CaseSettings settings)
    {
        var status = settings.Status(c.Status);
        if (status?.IsFixed != true) return c with { Probability = c.OpenProbability ?? c.Probability, OpenProbability = null, LostReason = null };
        return c with
        {
            Probability = status.Probability, OpenProbability = c.OpenProbability ?? (c.Probability == status.Probability ? null : c.Probability),
            LostReason = status.Kind == StatusKind.Lost ? c.LostReason : null,
        };
    }

    private Case Apply()
    {
        if (fields.Number.IsSet) Wrong("/number", "case.number.immutable", "A case's number is assigned and never changes.");
        var partner = fields.Partner.Or(before.Partner == 0 ? null : before.Partner);
        if (partner is null) Wrong("/partner", "case.partner.required", "A case belongs to a customer: send its number as partner.");
        var title = Text(fields.Title, before.Title, "/title", Case.MaxTitle);
        if (string.IsNullOrEmpty(title)) Wrong("/title", "case.title.required", "A case has a title.");
        var after = WithStatus(before with
        {
            Title = title ?? "", Partner = partner ?? 0, Value = Value(), Owner = Owner(), Description = Text(fields.Description, before.Description, "/description", 10_000, lines: true),
            FollowUp = Date(fields.FollowUp, before.FollowUp, "/followUp"), ExpectedClose = Date(fields.ExpectedClose, before.ExpectedClose, "/expectedClose"), Customer = Customer(),
        });
        return after with { LostReason = LostReason(after) };
    }

    /// <summary>The status, and the probability that follows from it (R84, R90, R91, A13).</summary>
    private Case WithStatus(Case after)
    {
        if (fields.Probability is { IsSet: true, Value: null or < 0 or > 100 }) Wrong("/probability", "case.probability.range", "A probability is a whole number from 0 to 100.");
        var (old, isNew) = (_settings.Status(before.Status), before.Status.Length == 0);
        var key = Text(fields.Status, isNew ? null : before.Status, "/status", 60);
        if (key is null && !isNew) { Wrong("/status", "case.status.required", "A case always has a status."); return after; }
        key ??= _settings.Statuses.First(s => s is { IsFixed: false, IsOffered: true }).Key;
        var status = _settings.Status(key);
        if (status is null || (!status.IsOffered && key != before.Status))
        {
            Wrong("/status", "case.status.unknown", $"Use one of: {Names(CaseList.CaseStatus)}.");
            return after;
        }
        if (status.IsFixed)
        {
            if (fields.Probability.Value is >= 0 and <= 100 and var given && given != status.Probability) Wrong("/probability", "case.probability.fixed", $"A case that is {status.Key} has {status.Probability} %, always.");
            after = after with { Probability = status.Probability, OpenProbability = before.OpenProbability ?? (old is { IsFixed: false } ? before.Probability : null) };
        }
        else
        {
            // A probability that nobody touched goes with the status; one that somebody set stays.
            var follows = old is null || (key != before.Status && before.Probability == old.Probability);
            after = after with { Probability = fields.Probability.Value ?? before.OpenProbability ?? (follows ? status.Probability : before.Probability), OpenProbability = null };
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
        else if (decimal.Round(amount.Value, Currencies.MinorUnits(currency)) != amount) Wrong("/value/amount", "case.value.decimals", $"An amount in {currency} has at most {Currencies.MinorUnits(currency)} decimals.");
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
        var isLost = _settings.Status(after.Status)?.Kind == StatusKind.Lost;
        if (!fields.LostReason.IsSet) return isLost ? before.LostReason : null;
        if (fields.LostReason.Value is not { } written) return null;
        if (!isLost && !Has("/status")) Wrong("/lostReason", "case.lostReason.notLost", "Only a lost case has a reason for it.");
        var old = before.LostReason;
        var (key, text) = (Text(written.Key, old?.Key, "/lostReason/key", 60), Text(written.Text, old?.Text, "/lostReason/text", 1_000, lines: true));
        if (key is not null && key != old?.Key && _settings.Find(CaseList.LostReason, key) is not { IsOffered: true }) Wrong("/lostReason/key", "case.lostReason.unknown", $"Use one of: {Names(CaseList.LostReason)}.");
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
            Text(w.DeliveryStreet, old?.DeliveryStreet, "/customer/deliveryStreet", 200, lines: true), Text(w.DeliveryPostalCode, old?.DeliveryPostalCode, "/customer/deliveryPostalCode", 20),
            Text(w.DeliveryCity, old?.DeliveryCity, "/customer/deliveryCity", 100), country,
            Date(w.StartDate, old?.StartDate, "/customer/startDate"), Date(w.DeliveryDate, old?.DeliveryDate, "/customer/deliveryDate"));
        if (customer.DeliveryDate < customer.StartDate) Wrong("/customer/deliveryDate", "case.delivery.beforeStart", "Delivery is not before start.");
        return customer == new CustomerFields(null, null, null, null, null, null, null, null, null) ? null : customer;
    }

    private DateOnly? Date(Optional<DateOnly?> field, DateOnly? old, string pointer)
    {
        var date = field.Or(old);
        if (field.IsSet && (date < FirstDay || date > LastDay)) Wrong(pointer, "date.range", "A date lies between 1900-01-01 and 2199-12-31.");
        return date;
    }

    /// <summary>Trims; nothing but space is nothing. Control characters are refused, but for line breaks and tabs where lines are written.</summary>
    private string? Text(Optional<string> field, string? old, string pointer, int most, bool lines = false)
    {
        if (!field.IsSet) return old;
        var text = field.Value?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > most) Wrong(pointer, "text.tooLong", $"At most {most} characters.");
        else if (text.Any(c => char.IsControl(c) && !(lines && (c is '\n' or '\r' or '\t')))) Wrong(pointer, "text.control", "A control character is in the text.");
        return text;
    }

    private string Names(CaseList list) => string.Join(", ", _settings.Of(list).Where(c => c.IsOffered).Select(c => c.Key).Take(30));

    private bool Has(string pointer) => _problems.Any(p => p.Pointer == pointer);

    private void Wrong(string pointer, string code, string message) => _problems.Add(new(pointer, code, message));
}
