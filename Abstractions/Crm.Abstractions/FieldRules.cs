using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm;

/// <summary>An amount as a caller writes it, as a merge patch of the amount that stands.</summary>
public sealed record MoneyFields
{
    /// <summary>In the main unit, with up to four decimals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<decimal?> Amount { get; init; }

    /// <summary>ISO 4217; the company's own currency unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Currency { get; init; }
}

/// <summary>
/// Judges fields that someone wrote and collects every broken rule. What the fields of all entities have in common is judged here; each judge answers the
/// value to go on with, so that the other fields can be judged too.
/// </summary>
/// <param name="company">Whose members and currency count.</param>
public sealed class FieldRules(CompanyProfile company)
{
    /// <summary>Dates outside of these are typing mistakes.</summary>
    public static readonly DateOnly FirstDay = new(1900, 1, 1), LastDay = new(2199, 12, 31);

    private readonly List<Problem> _problems = [];

    /// <summary>Every broken rule so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Reports a broken rule.</summary>
    public void Wrong(string pointer, string code, string message) => _problems.Add(new(pointer, code, message));

    /// <summary>True when a rule was broken at this place.</summary>
    public bool Has(string pointer) => _problems.Any(p => p.Pointer == pointer);

    /// <summary>Trims; nothing but space is nothing. Control characters are refused, but for line breaks where there may be lines.</summary>
    public string? Text(Optional<string> field, string? old, string pointer, int most, bool lines = false)
    {
        if (!field.IsSet) return old;
        var text = field.Value?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (lines) text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (text.Length > most) Wrong(pointer, "text.tooLong", $"At most {most} characters.");
        else if (text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\t'))) Wrong(pointer, "text.control", "A control character is in the text.");
        return text;
    }

    /// <summary>A calendar day from 1900 to 2199.</summary>
    public DateOnly? Date(Optional<DateOnly?> field, DateOnly? old, string pointer)
    {
        var date = field.Or(old);
        if (field.IsSet && (date < FirstDay || date > LastDay)) Wrong(pointer, "date.range", "A date lies between 1900-01-01 and 2199-12-31.");
        return date;
    }

    /// <summary>A whole number in a range.</summary>
    public int? Range(Optional<int?> field, int? old, string pointer, int least, int most)
    {
        var value = field.Or(old);
        if (field.IsSet && (value < least || value > most)) Wrong(pointer, "number.range", $"From {least} to {most}.");
        return value;
    }

    /// <summary>An amount of 0 or more.</summary>
    /// <param name="field">As written.</param>
    /// <param name="old">As it stands.</param>
    /// <param name="pointer">Where.</param>
    /// <param name="negative">The code when it is below 0.</param>
    public Money? Money(Optional<MoneyFields> field, Money? old, string pointer, string negative)
    {
        if (!field.IsSet) return old;
        if (field.Value is not { } written) return null;
        var (amount, currency) = (written.Amount.Or(old?.Amount), written.Currency.Or(old?.Currency) ?? company.BaseCurrency);
        if (amount is null) { Wrong($"{pointer}/amount", "money.amount.required", "An amount of money has an amount; null for none at all."); return null; }
        if (Crm.Money.Problem(amount.Value, currency) is { } problem) { Wrong(pointer, "money.invalid", problem); return null; }
        if (amount < 0) Wrong($"{pointer}/amount", negative, "This amount is 0 or more.");
        return new(amount.Value, currency);
    }

    /// <summary>A user id of an active member; a former one may stay where it is.</summary>
    public string? User(Optional<string> field, string? old, string pointer, string unknown)
    {
        var user = Text(field, old, pointer, 40);
        if (field.IsSet && user is not null && user != old && company.Member(user) is null or { Disabled: true }) Wrong(pointer, unknown, "This is an active user of the company, by id such as u12.");
        return user;
    }

    /// <summary>An ISO 3166-1 code, in capitals.</summary>
    public string? Country(Optional<string> field, string? old, string pointer)
    {
        var country = Text(field, old, pointer, 2)?.ToUpperInvariant();
        if (country is not null && !Countries.IsKnown(country)) Wrong(pointer, "address.country.unknown", "The country is an ISO 3166-1 code such as SE.");
        return country;
    }
}
