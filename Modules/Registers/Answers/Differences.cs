using System.Globalization;
using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Registers;

/// <summary>
/// What a register tells otherwise than we have it. Spelling is none: case, spaces, punctuation, the prefixes of numbers and addresses. What a register
/// does not tell is none either. Industries are left out: codes of different systems are never compared.
/// </summary>
internal static class Differences
{
    private sealed record Field(string Pointer, Func<RegisterCompany, object?> Told, Func<PartnerFacts, object?> Ours, Func<object, string, string> Plain);

    private static readonly Field[] Fields =
    [
        new("/name", c => c.Name, p => p.Name, Words),
        new("/vatNumber", c => c.VatNumber, p => p.VatNumber, Spelling.Vat),
        new("/legalForm", c => c.LegalForm, p => p.LegalForm, Words),
        new("/employees", c => c.Employees, p => p.Employees, (value, _) => ((int)value).ToString(CultureInfo.InvariantCulture)),
        new("/phone", c => c.Phone, p => p.Phone, Spelling.Phone),
        new("/email", c => c.Email, p => p.Email, (value, _) => ((string)value).Trim().ToUpperInvariant()),
        new("/website", c => c.Website, p => p.Website, Spelling.Website),
        new("/addresses/visiting", c => Address(c.Visiting, c.Country), p => p.Visiting, Plain),
        new("/addresses/postal", c => Address(c.Postal, c.Country), p => p.Postal, Plain),
    ];

    private static readonly (string Name, Func<RegisterAnswer, string?> Told)[] AlarmKinds =
    [
        ("/ceasedOn", a => a.Company?.CeasedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("/trouble", a => a.Company?.Trouble), ("/unknown", a => a.Company is null ? "" : null),
    ];

    /// <summary>All that can differ: pointers into a partner, and what stands for itself.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Fields.Select(f => f.Pointer), .. AlarmKinds.Select(a => a.Name)];

    /// <summary>What differs and nobody has decided yet.</summary>
    public static IReadOnlyList<Difference> Between(RegisterAnswer answer, PartnerFacts partner)
    {
        if (answer.Company is not { } company) return [];
        List<Difference> found = [];
        foreach (var field in Fields)
        {
            if (field.Told(company) is not { } told) continue;
            var (plain, ours) = (field.Plain(told, answer.Country), field.Ours(partner));
            if (answer.Left.GetValueOrDefault(field.Pointer) == plain || (ours is not null && field.Plain(AsFarAs(told, ours, partner), answer.Country) == plain)) continue;
            found.Add(new(field.Pointer, ours is null ? null : Value(ours), Value(Over(told, ours))));
        }
        return found;
    }

    /// <summary>That a company has ceased, is in trouble or is not in the register any more, unless somebody has noted it.</summary>
    public static IReadOnlyList<Alarm> Alarms(RegisterAnswer answer) =>
        [.. AlarmKinds.Select(a => (a.Name, Told: a.Told(answer))).Where(a => a.Told is not null && answer.Left.GetValueOrDefault(a.Name) != a.Told).Select(a => new Alarm(a.Name, a.Told!.Length == 0 ? null : a.Told))];

    public static int Count(RegisterAnswer answer, PartnerFacts partner) => answer.IsOf(partner) ? Between(answer, partner).Count + Alarms(answer).Count : 0;

    /// <summary>By field, what is told now, in plain spelling.</summary>
    public static Dictionary<string, string> Told(RegisterAnswer answer)
    {
        var told = AlarmKinds.Select(a => (a.Name, Told: a.Told(answer))).Where(a => a.Told is not null).ToDictionary(a => a.Name, a => a.Told!);
        if (answer.Company is not { } company) return told;
        foreach (var field in Fields) if (field.Told(company) is { } value) told[field.Pointer] = field.Plain(value, answer.Country);
        return told;
    }

    /// <summary>What is decided, with what is told of some fields now; of a field that is not told there is nothing to decide.</summary>
    public static Dictionary<string, string> With(RegisterAnswer answer, IEnumerable<string> fields)
    {
        var (left, told) = (answer.Left.ToDictionary(), Told(answer));
        foreach (var field in fields) if (told.TryGetValue(field, out var now)) left[field] = now;
        return left;
    }

    private static JsonElement Value(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Json.Wire);

    /// <summary>A register's address as a partner has it; null when nothing is told.</summary>
    private static AddressFacts? Address(PostalAddress? address, string country)
    {
        if (address is null) return null;
        var street = string.Join('\n', new[] { address.CareOf is null ? null : $"c/o {address.CareOf}", address.Street }.Where(line => line is not null));
        var made = new AddressFacts(street.Length == 0 ? null : street, address.PostCode, address.City, null);
        return made == new AddressFacts(null, null, null, null) ? null : made with { Country = address.Country ?? country };
    }

    /// <summary>Ours, as far as the register tells: parts of an address that it leaves out are no difference.</summary>
    private static object AsFarAs(object told, object ours, PartnerFacts partner) => (told, ours) is (AddressFacts t, AddressFacts o)
        ? new AddressFacts(t.Street is null ? null : o.Street, t.PostalCode is null ? null : o.PostalCode, t.City is null ? null : o.City, o.Country ?? partner.Country) : ours;

    /// <summary>What would be taken over: parts of an address that the register leaves out stay ours.</summary>
    private static object Over(object told, object? ours) => (told, ours) is (AddressFacts t, AddressFacts o) ? new AddressFacts(t.Street ?? o.Street, t.PostalCode ?? o.PostalCode, t.City ?? o.City, t.Country) : told;

    private static string Words(object value, string country) => Spelling.Words((string)value);

    private static string Plain(object value, string country)
    {
        var address = (AddressFacts)value;
        return string.Join('|', Spelling.Words(address.Street ?? ""), Spelling.Compact(address.PostalCode ?? ""), Spelling.Words(address.City ?? ""), address.Country);
    }
}

/// <summary>A field of a partner that a register tells otherwise.</summary>
/// <param name="Field">Pointer into the partner, such as <c>/addresses/visiting</c>.</param>
/// <param name="Ours">As the partner has it; null = not at all.</param>
/// <param name="Theirs">As the register has it, in the form in which a partner takes it.</param>
internal sealed record Difference(string Field, JsonElement? Ours, JsonElement Theirs);

/// <summary>Something to know about a company that no field of a partner has.</summary>
/// <param name="Field">/ceasedOn, /trouble, or /unknown when the register does not know the number.</param>
/// <param name="Text">The day on which it ceased, or the trouble in the register's words; null = the number is not known.</param>
internal sealed record Alarm(string Field, string? Text);
