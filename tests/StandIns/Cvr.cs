using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>Both ways into Denmark's register: Virk's distribution below <c>/cvr-permanent</c> (user <c>crm</c>, password <c>virk</c>), cvrapi.dk at <c>/api</c>.</summary>
public static class Cvr
{
    public const string User = "crm", Password = "virk", Token = "paid";
    private const int Quota = 50;

    private static readonly string[] Ways = ["search", "vat", "name", "produ", "phone"];

    private static readonly JsonObject[] Companies = [.. CvrCompanies.All.Select(CvrDocuments.Company)];
    private static readonly JsonObject[] Units = [.. CvrCompanies.All.SelectMany(c => c.Units.Select(u => CvrDocuments.Unit(c, u)))];

    public static void Map(WebApplication app)
    {
        var asked = 0;
        // The older index counts in a number, the newer one in an object.
        app.MapPost("/cvr-permanent/virksomhed/_search", context => SearchAsync(context, Companies, isTotalAnObject: false));
        app.MapPost("/cvr-permanent/produktionsenhed/_search", context => SearchAsync(context, Units, isTotalAnObject: true));
        app.MapGet("/api", context => LookUpAsync(context, () => Interlocked.Increment(ref asked)));
    }

    private static async Task SearchAsync(HttpContext context, JsonObject[] documents, bool isTotalAnObject)
    {
        if (context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")))
        {
            (context.Response.StatusCode, context.Response.ContentType) = (401, "text/html");
            await context.Response.WriteAsync("<html><body><h1>401 Authorization Required</h1></body></html>");
            return;
        }
        try
        {
            var question = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
            await WriteAsync(context, 200, Elastic.Search(documents, question, isTotalAnObject));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidCastException)
        {
            await WriteAsync(context, 400, new() { ["error"] = new JsonObject { ["type"] = "parsing_exception", ["reason"] = malformed.Message }, ["status"] = 400 });
        }
    }

    private static Task LookUpAsync(HttpContext context, Func<int> count)
    {
        var query = context.Request.Query;
        string[] by = [.. Ways.Where(query.ContainsKey)];
        // A sender that is missing or formed in another way is told the same as a used-up quota.
        if (context.Request.Headers.UserAgent.ToString() is not { } sender || sender.Split(" - ").Length != 3 || !sender.All(char.IsAscii)) return WriteAsync(context, 200, Error("QUOTA_EXCEEDED"));
        if (query["country"] != "dk" || by.Length != 1) return WriteAsync(context, 400, Error(by.Length > 1 ? "TOO_MANY_OPTIONS" : "INVALID_OPTIONS"));
        if (query["token"] != Token && count() > Quota) return WriteAsync(context, 200, Error("QUOTA_EXCEEDED"));
        var value = query[by[0]].ToString();
        var company = by[0] switch
        {
            "vat" => CvrCompanies.All.FirstOrDefault(c => $"{c.Number}" == value),
            "produ" => CvrCompanies.All.FirstOrDefault(c => c.Units.Any(u => $"{u.Number}" == value)),
            "name" or "search" => CvrCompanies.All.FirstOrDefault(c => $"{c.Number}" == value) ?? CvrCompanies.All.FirstOrDefault(c => c.Name.StartsWith(value, StringComparison.OrdinalIgnoreCase)) ?? CvrCompanies.All.FirstOrDefault(c => c.Name.Contains(value, StringComparison.OrdinalIgnoreCase)),
            _ => null,
        };
        return company is null ? WriteAsync(context, 404, Error("NOT_FOUND")) : WriteAsync(context, 200, CvrDocuments.Simple(company));
    }

    private static JsonObject Error(string code) => new() { ["error"] = code, ["t"] = 0, ["version"] = 6 };

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json; charset=UTF-8");
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
