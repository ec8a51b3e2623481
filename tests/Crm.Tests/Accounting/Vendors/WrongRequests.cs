using System.Text.Json.Nodes;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>Requests that a vendor's specification refuses, each wrong in one thing: every member of a customer in every way that the specification tells of, and ways of asking.</summary>
internal static class WrongRequests
{
    public static IEnumerable<(string Method, string PathAndQuery, string Body)> Of(Vendor vendor) => Asked(vendor).Select(asked => ("GET", asked, "")).Concat(Written(vendor));

    /// <summary>A customer that the specification takes.</summary>
    public static JsonObject Right(string vendor) => JsonNode.Parse(vendor switch
    {
        "Fortnox" => """{ "Name": "x" }""",
        "Visma" => """{ "Name": "x", "InvoiceCity": "Lund", "InvoicePostalCode": "222 22", "TermsOfPaymentId": "30303030-0000-4000-8000-000000000030", "IsPrivatePerson": false, "IsActive": true }""",
        _ => """{ "name": "x", "currency": "DKK", "customerGroup": { "customerGroupNumber": 1 }, "paymentTerms": { "paymentTermsNumber": 2 }, "vatZone": { "vatZoneNumber": 1 } }""",
    })!.AsObject();

    /// <summary>A customer as it is written.</summary>
    public static (string Method, string Path, string Body) Write(Vendor vendor, string method, JsonObject customer)
    {
        var list = vendor.Name switch { "Fortnox" => "3/customers", "Visma" => "v2/customers", _ => "customers" };
        return (method, method == "POST" ? list : $"{list}/{vendor.Id}", (vendor.Name == "Fortnox" ? new() { ["Customer"] = customer } : customer).ToJsonString());
    }

    private static string[] Asked(Vendor vendor) => vendor.Name switch
    {
        "Fortnox" => ["3/customer", "3/customers?sortby=city", "3/customers?filter=unpaid", "3/customers?limit=0", "3/customers?limit=501", "3/customers?page=first", "3/customers?sortorder=up", "3/invoices?filter=open", "3/invoices?sortby=duedate", "3/invoices?limit=501", "3/suppliers?page=0", "3/invoicepayments?limit=501"],
        "Visma" => ["v2/customer", "v2/customers/1001", "v2/customers?$page=0", "v2/customers?$pagesize=1001", "v2/customers?$pagesize=many", "v2/termsofpayments?$page=0", "v2/customerledgeritems?$pagesize=1001", "v2/customerinvoices?modifiedSinceUtc=yesterday", "v2/suppliers?$page=first"],
        _ =>
        [
            "customer", "customers/abc", "customers?pagesize=many", "customers?pagesize=1001", "customers?skippages=first", "customers?skippages=-1", "customers?sort=balances", "customers?filter=balanced$ne:0", "customers?filter=balance$is:0", "customers?filter=balance",
            "customers?filter=balance$ne:0$and:remainder$gt:0", "invoices/booked?filter=remainder$ne:0", "invoices/booked?filter=lastUpdated$gte:2026-01-01", "invoices/booked?sort=remainder", "invoices/unpaid?filter=exchangeRate$ne:100", "suppliers?filter=balance$ne:0", "suppliers?pagesize=0",
        ],
    };

    private static IEnumerable<(string Method, string Path, string Body)> Written(Vendor vendor)
    {
        var right = Right(vendor.Name);
        foreach (var method in new[] { "POST", "PUT" })
        {
            var customer = vendor.Specification.Customer(method);
            foreach (var (name, says) in customer["properties"]!.AsObject().Where(m => m.Value!["type"] is not null || m.Value["$ref"] is not null))
            {
                foreach (var value in WrongValues(says!.AsObject())) yield return With(name, value);
            }
            foreach (var name in customer["required"]!.AsArray().Select(n => (string)n!)) yield return Without(name);
            foreach (var name in vendor.Specification.SetByTheVendor.Distinct()) yield return With(name, 1);
            // Misspelt, or of another system.
            foreach (var name in new[] { "name ", "Zipcode", "PostalCode", "organisationNumber", "balanceTotal" }) yield return With(name, "1");
            if (vendor.Name == "Economic" && method == "POST") yield return With("attention", new JsonObject { ["customerContactNumber"] = 1 });
            if (vendor.Name == "Economic") foreach (var group in new[] { """{ "customerGroupNumber": "1" }""", """{ "customerGroupNumber": 1.5 }""", """{ "customerGroupNo": 1 }""" }) yield return With("customerGroup", JsonNode.Parse(group));

            (string, string, string) With(string name, JsonNode? value)
            {
                var written = right.DeepClone().AsObject();
                written[name] = value;
                return Write(vendor, method, written);
            }

            (string, string, string) Without(string name)
            {
                var written = right.DeepClone().AsObject();
                written.Remove(name);
                return Write(vendor, method, written);
            }
        }
    }

    private static IEnumerable<JsonNode?> WrongValues(JsonObject says)
    {
        yield return null;
        switch ((string?)says["type"])
        {
            case "string":
                yield return 5;
                if ((int?)says["maxLength"] is { } most) yield return new string('x', most + 1);
                if ((int?)says["minLength"] is > 0 and var least) yield return new string('x', least - 1);
                if (says["enum"] is not null) yield return "none of them";
                if ((string?)says["format"] is "uuid" or "date-time") yield return "30";
                break;
            case "integer" or "number":
                yield return "many";
                if ((decimal?)says["minimum"] is { } low) yield return low - 1;
                if ((decimal?)says["maximum"] is { } high) yield return high + 1;
                break;
            case "boolean": yield return "yes"; break;
            case "array": yield return "x"; break;
            default: yield return 1; break;
        }
    }
}
