using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>A company as Virk's distribution and as cvrapi.dk tell it, histories included.</summary>
internal static class CvrDocuments
{
    private const string Founded = "2009-03-02", Over = "2024-06-30";

    public static JsonObject Company(CvrCompany c)
    {
        var end = c.Is('x') ? Over : null;
        return new()
        {
            ["Vrvirksomhed"] = new JsonObject
            {
                ["cvrNummer"] = c.Number, ["reklamebeskyttet"] = c.Is('p'), ["enhedstype"] = "VIRKSOMHED", ["sidstOpdateret"] = Changed(c),
                ["navne"] = new JsonArray(Dated(Founded, "2015-12-31", ("navn", "Selskabet af 2. marts 2009 ApS")), Dated("2016-01-01", end, ("navn", c.Name))),
                ["beliggenhedsadresse"] = new JsonArray(Address(c, Founded, end)),
                ["postadresse"] = c.Is('g') ? new JsonArray(Box(c)) : new JsonArray(),
                ["telefonNummer"] = new JsonArray(Contact("70000000", Founded, "2015-12-31"), Contact($"70{c.Order:000000}", "2016-01-01", end, c.Is('s'))),
                ["elektroniskPost"] = new JsonArray(Contact(c.Mail, Founded, end)),
                ["hjemmeside"] = c.Employees > 20 ? new JsonArray(Contact("www." + c.Mail[5..], Founded, end)) : new JsonArray(),
                ["livsforloeb"] = new JsonArray(Dated(Founded, end)),
                ["hovedbranche"] = new JsonArray(Industry(c)),
                ["virksomhedsstatus"] = Statuses(c),
                ["penheder"] = new JsonArray([.. c.Units.Select(u => Dated(Founded, u.HasClosed ? Over : null, ("pNummer", u.Number)))]),
                ["virksomhedMetadata"] = Metadata(c, c.Name, Industry(c), c.Is('r') ? null : c.Employees, new()
                {
                    ["nyesteVirksomhedsform"] = Dated(Founded, end, ("langBeskrivelse", c.Form)), ["stiftelsesDato"] = Founded, ["antalPenheder"] = c.Units.Length, ["sammensatStatus"] = c.Is('x') ? "Ophørt" : "Aktiv",
                }),
            },
        };
    }

    public static JsonObject Unit(CvrCompany c, CvrUnit u) => new()
    {
        ["VrproduktionsEnhed"] = new JsonObject
        {
            ["pNummer"] = u.Number, ["enhedstype"] = "PRODUKTIONSENHED",
            ["virksomhedsrelation"] = new JsonArray(Dated(Founded, u.HasClosed ? Over : null, ("cvrNummer", c.Number))),
            ["livsforloeb"] = new JsonArray(Dated(Founded, u.HasClosed ? Over : null)),
            ["telefonNummer"] = new JsonArray(Contact($"7{u.Number % 10_000_000:0000000}", Founded, null)), ["elektroniskPost"] = new JsonArray(), ["reklamebeskyttet"] = c.Is('p'),
            ["produktionsEnhedMetadata"] = Metadata(c, u.Name, Industry(c), c.Employees / Math.Max(1, c.Units.Length), new() { ["nyesteCvrNummerRelation"] = c.Number, ["sammensatStatus"] = u.HasClosed ? "Ophørt" : "Aktiv" }),
        },
    };

    public static JsonObject Simple(CvrCompany c)
    {
        var company = SimplePlace(c, c.Name);
        foreach (var (name, value) in new JsonObject
        {
            ["vat"] = c.Number, ["enddate"] = c.Is('x') ? "30/06 - 2024" : null, ["companycode"] = 80, ["companydesc"] = c.Form, ["creditstartdate"] = null, ["creditbankrupt"] = c.Is('k'), ["creditstatus"] = null, ["owners"] = null, ["t"] = 100, ["version"] = 6,
            ["employees"] = c.Employees is null ? null : c.Is('r') ? $"{c.Range.From}-{c.Range.To}" : c.Employees, ["email"] = c.Mail, ["phone"] = c.Is('s') ? null : $"70{c.Order:000000}",
            ["productionunits"] = new JsonArray([.. c.Units.Select((u, i) =>
            {
                var unit = SimplePlace(c, u.Name);
                (unit["pno"], unit["main"], unit["enddate"]) = (u.Number, i == 0, u.HasClosed ? "30/06 - 2024" : null);
                return unit;
            })]),
        }) company[name] = value?.DeepClone();
        return company;
    }

    private static JsonObject SimplePlace(CvrCompany c, string name) => new()
    {
        ["name"] = name, ["address"] = $"{c.Street} {c.House}", ["zipcode"] = $"{c.PostCode:0000}", ["city"] = c.City, ["cityname"] = null, ["protected"] = c.Is('p'), ["phone"] = null, ["email"] = null, ["fax"] = null,
        ["startdate"] = "02/03 - 2009", ["enddate"] = null, ["employees"] = null, ["addressco"] = null, ["industrycode"] = int.Parse(c.Industry, CultureInfo.InvariantCulture), ["industrydesc"] = c.IndustryText,
    };

    private static JsonObject Metadata(CvrCompany c, string name, JsonObject industry, int? employees, JsonObject more)
    {
        (more["nyesteNavn"], more["nyesteBeliggenhedsadresse"], more["nyesteHovedbranche"]) = (Dated("2016-01-01", null, ("navn", name)), Address(c, Founded, null), industry);
        more["nyesteAarsbeskaeftigelse"] = c.Employees is null ? null : Employment(1, c);
        more["nyesteErstMaanedsbeskaeftigelse"] = c.Employees is null ? null : Employment(employees, c);
        if (c.Is('r')) more["nyesteAarsbeskaeftigelse"] = null;
        return more;
    }

    private static JsonObject Employment(int? count, CvrCompany c) => new() { ["aar"] = 2026, ["antalAnsatte"] = count, ["intervalKodeAntalAnsatte"] = $"ANTAL_{c.Range.From}_{c.Range.To}" };

    private static JsonObject Address(CvrCompany c, string from, string? to) => Dated(from, to,
        ("landekode", "DK"), ("vejnavn", c.Street), ("husnummerFra", int.Parse(c.House, CultureInfo.InvariantCulture)), ("husnummerTil", null), ("bogstavFra", c.Is('g') ? "B" : null), ("etage", c.Is('g') ? "1" : null), ("sidedoer", c.Is('g') ? "tv" : null),
        ("conavn", null), ("postboks", null), ("bynavn", null), ("fritekst", null), ("postnummer", c.PostCode), ("postdistrikt", c.City), ("kommune", new JsonObject { ["kommuneKode"] = 101, ["kommuneNavn"] = c.City.ToUpperInvariant() }));

    private static JsonObject Box(CvrCompany c) => Dated("2020-01-01", null, ("landekode", "DK"), ("postboks", "119"), ("conavn", "Regnskab"), ("postnummer", c.PostCode), ("postdistrikt", c.City));

    private static JsonObject Industry(CvrCompany c) => Dated(c.Is('o') ? Founded : "2025-01-01", null, ("branchekode", c.Industry), ("branchetekst", c.IndustryText));

    private static JsonObject Contact(string value, string from, string? to, bool isSecret = false) => Dated(from, to, ("kontaktoplysning", value), ("hemmelig", isSecret));

    /// <summary>Sole traders have none.</summary>
    private static JsonArray Statuses(CvrCompany c) => c.Form == "Enkeltmandsvirksomhed" ? []
        : Status(c) == "NORMAL" ? new(Dated(Founded, null, ("status", "NORMAL"))) : new(Dated(Founded, "2024-01-14", ("status", "NORMAL")), Dated("2024-01-15", null, ("status", Status(c))));

    private static string Status(CvrCompany c) => c.Is('k') ? "UNDER KONKURS" : c.Is('t') ? "UNDER TVANGSOPLØSNING" : c.Is('x') ? "OPLØST EFTER FRIVILLIG LIKVIDATION" : "NORMAL";

    /// <summary>By the minute, always two at the same time.</summary>
    private static string Changed(CvrCompany c) => $"2026-11-01T08:{c.Order / 2:00}:00.000+01:00";

    private static JsonObject Dated(string from, string? to, params (string Name, JsonNode? Value)[] members)
    {
        var entry = new JsonObject { ["periode"] = new JsonObject { ["gyldigFra"] = from, ["gyldigTil"] = to }, ["sidstOpdateret"] = "2026-11-01T08:00:00.000+01:00" };
        foreach (var (name, value) in members) entry[name] = value;
        return entry;
    }
}
