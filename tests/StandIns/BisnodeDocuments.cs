using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>A company as D&amp;B tells it, which differs by country. What is not known is left out.</summary>
internal static class BisnodeDocuments
{
    public static JsonObject Overview(BisnodeCompany c) => new()
    {
        ["name"] = c.Name, ["country"] = c.Country, ["registrationNumber"] = c.Number, ["dunsNumber"] = Duns(c), ["active"] = c.IsActive, ["headQuarter"] = true, ["address"] = Street(c), ["legalForm"] = c.FormCode,
    };

    public static JsonObject Company(BisnodeCompany c)
    {
        var form = new JsonObject { ["code"] = c.FormCode, ["description"] = c.Form, ["localCode"] = "49" };
        var told = new JsonObject
        {
            ["capital"] = new JsonObject { ["shareCapital"] = new JsonObject { ["amount"] = new JsonObject { ["amount"] = "50000.00", ["currency"] = c.Country switch { "SE" => "SEK", "NO" => "NOK", "DK" => "DKK", _ => "EUR" } } } },
            ["companyName"] = new JsonObject { ["registeredName"] = new JsonObject { ["name"] = c.Name, ["date"] = Date(2009, 3, 2) } },
            ["contactPoints"] = new JsonObject
            {
                ["electronicContactPoints"] = new JsonObject
                {
                    ["emailAddresses"] = new JsonArray($"info@{c.Site}"), ["webAddresses"] = new JsonArray($"www.{c.Site}"),
                    ["phoneNumbers"] = new JsonArray(c.Country == "SE" ? new JsonObject { ["areaCode"] = "08", ["numberOnly"] = "4650" + c.Number[^4..] } : new JsonObject { ["fullNumber"] = "55" + c.Number[^6..] }),
                },
                ["visitingAddress"] = new JsonObject { ["streetAddress"] = Street(c) },
                ["postalAddress"] = c.Is('b') ? new JsonObject { ["postalOfficeBox"] = new JsonObject { ["boxNumber"] = "119", ["postalCode"] = c.PostCode, ["town"] = c.Town } } : new JsonObject { ["streetAddress"] = Street(c) },
            },
            ["identifiers"] = new JsonObject { ["registrationNumber"] = c.Number, ["dunsNumber"] = Duns(c), ["vatNumber"] = c.VatNumber },
            ["industryCodeSet"] = c.Country == "SE" ? new JsonObject { ["sni2007IndustryCodes"] = new JsonObject { ["primaryIndustryCode"] = Industry(c), ["otherIndustryCodes"] = new JsonArray() } } : new JsonObject { ["naceCodes"] = new JsonObject { ["primaryNaceCode"] = Industry(c) } },
            // Denmark's is one level down, as it has a history.
            ["legalForm"] = c.Country == "DK" ? new JsonObject { ["current"] = form } : form,
            ["registrationInformation"] = c.Country == "FI" ? new JsonObject { ["registrationDate"] = Date(2009, 4, 1) } : new JsonObject { ["foundationDate"] = c.Country == "DK" ? new JsonObject { ["year"] = 2009 } : Date(2009, 3, 2) },
            ["generalCompanyData"] = General(c),
        };
        // Finland's has no status, and no branches.
        if (c.Country != "FI" || !c.IsActive) told["status"] = c.IsActive ? new JsonObject { ["value"] = "ACTIVE" } : new JsonObject { ["value"] = "INACTIVE", ["date"] = c.Is('y') ? new JsonObject() : Date(2024, 6, 30) };
        if (c.Country != "FI") told["branches"] = new JsonObject { ["count"] = c.Branches, ["branches"] = new JsonArray([.. Enumerable.Range(1, c.Branches).Select(i => Branch(c, i))]) };
        return new() { ["companyInformation"] = told };
    }

    private static JsonObject General(BisnodeCompany c)
    {
        var general = new JsonObject { ["countryCode"] = c.Country, ["businessDescription"] = c.IndustryText };
        if (c.Country == "FI") general["employeeRange"] = c.Employees switch { < 10 => "5-9", < 50 => "20-49", < 100 => "50-99", _ => "100-249" };
        else if (c.Employees is { } count) general["employeeCount"] = count;
        if (c.Country == "SE") (general["activeInVat"], general["registeredInVatList"]) = (!c.Is('v'), true);
        if (c.Country == "NO") general["registeredInVat"] = !c.Is('v');
        if (c.Country == "FI") general["registeredInVatList"] = true;
        return general;
    }

    private static JsonObject Branch(BisnodeCompany c, int i) => c.Country == "NO"
        ? new() { ["name"] = $"{c.Name} avd. {i}", ["registrationNumber"] = $"{974_000_000 + i}", ["employeeCount"] = $"{i * 2}", ["visitingAddress"] = new JsonObject { ["streetAddress"] = Street(c) } }
        : new() { ["name"] = $"{c.Name} {i}", ["headQuarter"] = i == 1, ["officeNumber"] = $"{c.Number[..5]}{i:000}", ["address"] = new JsonObject { ["street"] = c.Street, ["postalCode"] = c.PostCode, ["town"] = c.Town }, ["identifiers"] = new JsonObject { ["registrationNumber"] = c.Number } };

    private static JsonObject Street(BisnodeCompany c) => new() { ["street"] = c.Street, ["postalCode"] = c.PostCode, ["town"] = c.Town, ["countryCode"] = c.Country };
    private static JsonObject Industry(BisnodeCompany c) => new() { ["code"] = c.Industry, ["description"] = c.IndustryText };
    private static JsonObject Date(int year, int month, int day) => new() { ["year"] = year, ["month"] = month, ["day"] = day };
    private static string Duns(BisnodeCompany c) => "99" + c.Number[^7..];
}
