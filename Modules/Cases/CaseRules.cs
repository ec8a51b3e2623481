using Crm.Contracts;

namespace Crm.Cases;

/// <summary>Applies written fields to a case and reports every broken rule at once. Won is 100 %, lost is 0 %, here and so everywhere.</summary>
internal sealed class CaseRules(CaseFields fields, Case before, Moment at)
{
    private readonly FieldRules _rules = new(at.Settings.Get<CompanyProfile>());
    private readonly CaseSettings _settings = at.Settings.Get<CaseSettings>();

    public static (Case? Case, Refusal? Refusal) Apply(CaseFields fields, Case before, Moment at, Problem? wrongPartner = null)
    {
        var rules = new CaseRules(fields, before, at);
        var after = rules.Apply();
        if (wrongPartner is not null) rules.Wrong(wrongPartner.Pointer, wrongPartner.Code, wrongPartner.Message);
        return rules._rules.Problems.Count == 0 ? (after, null) : (null, Refusal.Invalid(rules._rules.Problems));
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
        var title = _rules.Text(fields.Title, before.Title, "/title", Case.MaxTitle);
        if (string.IsNullOrEmpty(title)) Wrong("/title", "case.title.required", "A case has a title.");
        var after = WithStatus(before with
        {
            Title = title ?? "", Partner = partner ?? 0, Value = Value(), Owner = _rules.User(fields.Owner, before.Owner, "/owner", "case.owner.unknown"), Description = _rules.Text(fields.Description, before.Description, "/description", 10_000, lines: true),
            FollowUp = _rules.Date(fields.FollowUp, before.FollowUp, "/followUp"), ExpectedClose = _rules.Date(fields.ExpectedClose, before.ExpectedClose, "/expectedClose"), Customer = Customer(),
        });
        return after with { LostReason = LostReason(after) };
    }

    /// <summary>The status, and the probability that follows from it (R84, R90, R91, A13).</summary>
    private Case WithStatus(Case after)
    {
        if (fields.Probability is { IsSet: true, Value: null or < 0 or > 100 }) Wrong("/probability", "case.probability.range", "A probability is a whole number from 0 to 100.");
        var (old, isNew) = (_settings.Status(before.Status), before.Status.Length == 0);
        var key = _rules.Text(fields.Status, isNew ? null : before.Status, "/status", 60);
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
        var value = _rules.Money(fields.Value, before.Value, "/value", "case.value.negative");
        if (fields.Value.IsSet && value is not null && value.Rounded() != value) Wrong("/value/amount", "case.value.decimals", $"An amount in {value.Currency} has at most {Currencies.MinorUnits(value.Currency)} decimals.");
        return value;
    }

    private LostReason? LostReason(Case after)
    {
        var isLost = _settings.Status(after.Status)?.Kind == StatusKind.Lost;
        if (!fields.LostReason.IsSet) return isLost ? before.LostReason : null;
        if (fields.LostReason.Value is not { } written) return null;
        if (!isLost && !_rules.Has("/status")) Wrong("/lostReason", "case.lostReason.notLost", "Only a lost case has a reason for it.");
        var old = before.LostReason;
        var (key, text) = (_rules.Text(written.Key, old?.Key, "/lostReason/key", 60), _rules.Text(written.Text, old?.Text, "/lostReason/text", 1_000, lines: true));
        if (key is not null && key != old?.Key && _settings.Find(CaseList.LostReason, key) is not { IsOffered: true }) Wrong("/lostReason/key", "case.lostReason.unknown", $"Use one of: {Names(CaseList.LostReason)}.");
        return key is null && text is null ? null : new(key, text);
    }

    private CustomerFields? Customer()
    {
        if (!fields.Customer.IsSet) return before.Customer;
        if (fields.Customer.Value is not { } w) return null;
        var old = before.Customer;
        var customer = new CustomerFields(
            _rules.Text(w.Reference, old?.Reference, "/customer/reference", 200), _rules.Text(w.Requisition, old?.Requisition, "/customer/requisition", 100), _rules.Text(w.Contact, old?.Contact, "/customer/contact", 200),
            _rules.Text(w.DeliveryStreet, old?.DeliveryStreet, "/customer/deliveryStreet", 200, lines: true), _rules.Text(w.DeliveryPostalCode, old?.DeliveryPostalCode, "/customer/deliveryPostalCode", 20),
            _rules.Text(w.DeliveryCity, old?.DeliveryCity, "/customer/deliveryCity", 100), _rules.Country(w.DeliveryCountry, old?.DeliveryCountry, "/customer/deliveryCountry"),
            _rules.Date(w.StartDate, old?.StartDate, "/customer/startDate"), _rules.Date(w.DeliveryDate, old?.DeliveryDate, "/customer/deliveryDate"));
        if (customer.DeliveryDate < customer.StartDate) Wrong("/customer/deliveryDate", "case.delivery.beforeStart", "Delivery is not before start.");
        return customer == new CustomerFields(null, null, null, null, null, null, null, null, null) ? null : customer;
    }

    private string Names(CaseList list) => string.Join(", ", _settings.Of(list).Where(c => c.IsOffered).Select(c => c.Key).Take(30));

    private void Wrong(string pointer, string code, string message) => _rules.Wrong(pointer, code, message);
}
