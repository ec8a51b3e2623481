using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>PRH's open data as it answers: 100 companies a page, the first page for any page that there is not, and a status that says nothing.</summary>
public static class Ytj
{
    private const int APage = 100;
    private static readonly Dictionary<string, string[]> Forms = new()
    {
        ["2"] = ["Asunto-osakeyhtiö", "Bostadsaktiebolag", "Housing company"], ["14"] = ["Osuuskunta", "Andelslag", "Co-operative"],
        ["16"] = ["Osakeyhtiö", "Aktiebolag", "Limited company"], ["17"] = ["Julkinen osakeyhtiö", "Publikt aktiebolag", "Public limited company"],
    };

    private static readonly Dictionary<string, string[]> Entries = new()
    {
        ["1"] = ["Rekisterissä", "Registrerad", "Registered"], ["4"] = ["Lakannut", "Upphört", "Ceased"], ["80"] = ["Alv-velvollinen liiketoiminnasta", "Momsskyldig för rörelseverksamhet", "VAT-liable for business activity"],
        ["82"] = ["Alv-velvollinen kiinteistön käyttöoikeuden luovuttamisesta", "Momsskyldig för överlåtelse av nyttjanderätt till fastighet", "VAT-liable for transfer of rights to use property"],
        ["83"] = ["Alv-velvollinen alkutuotannosta", "Momsskyldig för primärproduktion", "VAT-liable for primary production"],
    };

    /// <summary>Maps the register's routes.</summary>
    public static void Map(WebApplication app) => app.MapGet("/opendata-ytj-api/v3/companies", Companies);

    private static JsonObject Companies(HttpRequest request)
    {
        var query = request.Query;
        IEnumerable<YtjCompany> found = YtjCompanies.All;
        if (query["businessId"] is [{ Length: > 0 } number]) found = found.Where(c => c.Number == number);
        if (query["name"] is [{ Length: > 0 } name]) found = found.Where(c => Names(c).Any(n => $" {n.Name}".Contains($" {name}", StringComparison.OrdinalIgnoreCase)));
        if (query["location"] is [{ Length: > 0 } town]) found = found.Where(c => c.City.Equals(town, StringComparison.OrdinalIgnoreCase) || c.Stad.Equals(town, StringComparison.OrdinalIgnoreCase));
        if (query["postCode"] is [{ Length: > 0 } postCode]) found = found.Where(c => c.PostCode == postCode);
        var all = found.ToArray();
        var page = int.TryParse(query["page"], CultureInfo.InvariantCulture, out var asked) && asked >= 1 && (asked - 1) * APage < all.Length ? asked : 1;
        return new() { ["totalResults"] = all.Length, ["companies"] = new JsonArray([.. all.Skip((page - 1) * APage).Take(APage).Select(Json)]) };
    }

    /// <summary>Names with their type and the day they ended.</summary>
    private static IEnumerable<(string Name, string Type, string? Ended)> Names(YtjCompany company)
    {
        if (company.Noted("entinen") is { } former) yield return (former, "1", "2015-05-05");
        if (company.Noted("rinnakkainen") is { } parallel) yield return (parallel, "2", null);
        yield return (company.Name, "1", company.Noted("lakannut"));
    }

    private static JsonObject Json(YtjCompany c)
    {
        var ended = c.Noted("lakannut");
        var json = new JsonObject
        {
            ["businessId"] = new JsonObject { ["value"] = c.Number, ["registrationDate"] = c.Registered, ["source"] = "3" },
            ["names"] = new JsonArray([.. Names(c).Select(n => With(new() { ["name"] = n.Name, ["type"] = n.Type, ["registrationDate"] = c.Registered, ["version"] = n.Ended is null || ended is not null ? 1 : 2, ["source"] = "1" }, "endDate", n.Ended))]),
            ["mainBusinessLine"] = new JsonObject { ["type"] = c.Industry, ["descriptions"] = Words(YtjCompanies.Industries[c.Industry]), ["typeCodeSet"] = "TOIMI4", ["registrationDate"] = "2026-01-01", ["source"] = "2" },
            ["companyForms"] = new JsonArray(new JsonObject { ["type"] = c.Form, ["descriptions"] = Words(Forms[c.Form]), ["registrationDate"] = c.Registered, ["version"] = 1, ["source"] = "1" }),
            ["companySituations"] = new JsonArray([.. Situations(c)]),
            ["registeredEntries"] = new JsonArray([.. Registers(c, ended)]),
            ["addresses"] = new JsonArray([.. Addresses(c)]),
            // The same for all, also for those that have ceased.
            ["tradeRegisterStatus"] = "1", ["status"] = "2", ["registrationDate"] = c.Registered, ["lastModified"] = "2026-08-19T10:04:06",
        };
        if (c.Website.Length > 0) json["website"] = new JsonObject { ["url"] = c.Website, ["registrationDate"] = c.Registered, ["source"] = "0" };
        return With(json, "endDate", ended);
    }

    private static IEnumerable<JsonNode> Situations(YtjCompany c)
    {
        foreach (var (word, code) in new[] { ("konkurssi", "KONK"), ("saneeraus", "SANE"), ("selvitystila", "SELTILA") })
        {
            if (c.Noted(word) is not null) yield return new JsonObject { ["type"] = code, ["registrationDate"] = "2026-03-02", ["source"] = "1" };
        }
    }

    private static IEnumerable<JsonNode> Registers(YtjCompany c, string? ended)
    {
        var left = ended ?? c.Noted("poistunut");
        yield return Entry("1", "1", c.Registered, left);
        if (left is not null && ended is null) yield return Entry("1", "4", left, null);
        if (c.VatEntry.Length > 0) yield return Entry("6", c.VatEntry, c.Registered, left);
    }

    private static JsonObject Entry(string register, string type, string from, string? to) =>
        With(new() { ["type"] = type, ["descriptions"] = Words(Entries[type]), ["registrationDate"] = from, ["register"] = register, ["authority"] = register == "1" ? "2" : "1" }, "endDate", to);

    private static IEnumerable<JsonNode> Addresses(YtjCompany c)
    {
        if (c.Noted("ulkomaa") is not null)
        {
            yield return new JsonObject { ["type"] = 1, ["freeAddressLine"] = "Kungsgatan 12, 111 35 Stockholm", ["country"] = "SE", ["registrationDate"] = c.Registered, ["source"] = "0" };
            yield break;
        }
        yield return new JsonObject
        {
            ["type"] = 1, ["street"] = c.Street, ["postCode"] = c.PostCode, ["postOffices"] = Towns(c), ["postOfficeBox"] = "", ["buildingNumber"] = c.Building,
            ["entrance"] = c.Industry == "62100" ? "B" : "", ["apartmentNumber"] = c.Industry == "62100" ? "12" : "", ["apartmentIdSuffix"] = "", ["co"] = "", ["registrationDate"] = c.Registered, ["source"] = "0",
        };
        if (c.Noted("postilokero") is { } box)
            yield return new JsonObject { ["type"] = 2, ["postCode"] = c.PostCode, ["postOffices"] = Towns(c), ["postOfficeBox"] = box, ["co"] = "Ostolaskut", ["registrationDate"] = c.Registered, ["source"] = "0" };
    }

    private static JsonArray Towns(YtjCompany c) => [new JsonObject { ["city"] = c.City, ["languageCode"] = "1", ["municipalityCode"] = "091" }, new JsonObject { ["city"] = c.Stad, ["languageCode"] = "2", ["municipalityCode"] = "091" }];

    private static JsonArray Words(string[] words) => [.. words.Select((word, i) => (JsonNode)new JsonObject { ["languageCode"] = $"{i + 1}", ["description"] = word })];

    private static JsonObject With(JsonObject json, string name, string? value)
    {
        if (value is not null) json[name] = value;
        return json;
    }
}
