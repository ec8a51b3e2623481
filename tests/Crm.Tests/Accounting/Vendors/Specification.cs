using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.SystemTests.OpenApi;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>A vendor's own specification, made ready for Prism. Nothing that it says of requests is loosened; what is added to it says why.</summary>
internal sealed class Specification
{
    private const string Operators = "(eq|ne|gt|gte|lt|lte|like|in|nin)", Value = @"([^$()]|\$[$()*,\[\]])+";
    private static readonly string[] EconomicFiles = ["customers", "invoices", "self", "suppliers"], FortnoxLists = ["customers", "invoicepayments", "invoices", "suppliers"];
    private static readonly string[] VismaLists = ["customers", "customerinvoices", "customerledgeritems", "suppliers", "termsofpayments"];

    private readonly JsonObject _said;
    private readonly List<string> _setByTheVendor = [];

    private Specification(JsonObject said, string below)
    {
        (_said, Below) = (said, below);
        // Stand-ins answer as vendors were recorded, which is not as they specify: numbers as texts, null where none is declared. Prism would answer such
        // an answer with a fault of its own, and the request would be judged no more. What answers may be is tested by shapes instead.
        foreach (var operation in Operations()) operation["responses"] = new JsonObject { ["default"] = new JsonObject { ["description"] = "" } };
    }

    /// <summary>The part of the path that it leaves out, such as v2/.</summary>
    public string Below { get; }

    /// <summary>What the vendor alone sets, so that no request has it.</summary>
    public IReadOnlyCollection<string> SetByTheVendor => _setByTheVendor;

    private bool IsSwagger => _said.ContainsKey("swagger");

    private JsonObject Schemas => (IsSwagger ? _said["definitions"] : _said["components"]!["schemas"])!.AsObject();

    /// <param name="name">Of a vendor, where there are several with the year.</param>
    public static async Task<Specification> OfAsync(string name) => name switch
    {
        "Fortnox" => Fortnox(await ReadAsync("fortnox/openapi-fortnox.json")),
        "Visma" => Visma(await ReadAsync("visma-eekonomi/openapi-excerpt-2026.yaml"), "v2/", ""),
        "Visma 2018" => Visma(await ReadAsync("visma-eekonomi/swagger-v2-2018.json"), "", "/v2"),
        _ => Economic(await Task.WhenAll(EconomicFiles.Select(file => ReadAsync($"e-conomic/specs/legacy-openapi/{file}.json")))),
    };

    /// <summary>What it says of a customer that is written.</summary>
    public JsonObject Customer(string method) => Schemas[Schemas.ContainsKey("fortnox_Customer") ? "fortnox_Customer" : Schemas.ContainsKey("CustomerApi") ? "CustomerApi" : $"Customer{method}"]!.AsObject();

    /// <summary>The file that Prism reads.</summary>
    public async Task<string> SaveAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"crm-specification-{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(file, _said.ToJsonString(), TestContext.Current.CancellationToken);
        return file;
    }

    private static Specification Fortnox(JsonObject said)
    {
        var made = new Specification(said, "");
        // Its portal tells of these for all lists; the file has none of them.
        foreach (var list in FortnoxLists.Select(list => $"/3/{list}"))
        {
            made.Add(list, "limit", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 500 });
            made.Add(list, "page", new() { ["type"] = "integer", ["minimum"] = 1 });
            made.Add(list, "sortorder", new() { ["type"] = "string", ["enum"] = new JsonArray("ascending", "descending") });
            made.Add(list, "lastmodified", new() { ["type"] = "string" });
        }
        // It refuses an empty message (2001392).
        (made.Schemas["fortnox_Customer_Wrap"]!["additionalProperties"], made.Schemas["fortnox_Customer_Wrap"]!["required"]) = (false, new JsonArray("Customer"));
        made.Close(made.Customer("POST"));
        made.NeedAToken();
        return made;
    }

    private static Specification Visma(JsonObject said, string below, string root)
    {
        var made = new Specification(said, below);
        // Its portal tells of these for all lists; the vendor's file has none of them.
        foreach (var list in VismaLists.Select(l => $"{root}/{l}"))
        {
            made.Add(list, "$page", new() { ["type"] = "integer", ["minimum"] = 1 });
            made.Add(list, "$pagesize", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 1_000 });
            foreach (var name in new[] { "$filter", "$orderby", "$select" }) made.Add(list, name, new() { ["type"] = "string", ["minLength"] = 1 });
        }
        made.Close(made.Customer("POST"));
        made.NeedAToken();
        return made;
    }

    /// <summary>It comes in a file for each resource, which a program made from e-conomic's older schemas.</summary>
    private static Specification Economic(JsonObject[] parts)
    {
        foreach (var part in parts[1..])
        {
            foreach (var (path, operations) in part["paths"]!.AsObject()) parts[0]["paths"]!.AsObject().TryAdd(path, operations!.DeepClone());
            foreach (var (schema, says) in part["components"]!["schemas"]!.AsObject()) parts[0]["components"]!["schemas"]!.AsObject().TryAdd(schema, says!.DeepClone());
        }
        // Its files have no employees; e-conomic's older schema of them says nothing of asking, which is done in one way for all lists.
        parts[0]["paths"]!["/employees"] = new JsonObject { ["get"] = new JsonObject { ["parameters"] = parts[0]["paths"]!["/suppliers"]!["get"]!["parameters"]!.DeepClone(), ["responses"] = new JsonObject() } };
        var made = new Specification(parts[0], "");
        foreach (var operation in made.Operations()) OnlyWhatCanBeAskedFor(operation);
        foreach (var method in new[] { "POST", "PUT" })
        {
            // That program gave null to every number; e-conomic takes none in a request.
            foreach (var within in Within(made.Customer(method))) within.Remove("nullable");
            foreach (var within in Within(made.Customer(method)).ToArray()) made.Close(within);
        }
        return made;
    }

    /// <summary>Which fields e-conomic filters and sorts by stands in members that Prism knows nothing of, and how long a page may be in words.</summary>
    private static void OnlyWhatCanBeAskedFor(JsonObject operation)
    {
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject()))
        {
            var schema = parameter["schema"]!.AsObject();
            switch ((string?)parameter["name"])
            {
                case "filter" when Fields("x-filterable-fields") is { Length: > 0 } fields: schema["pattern"] = Filter(fields); break;
                case "sort" when Fields("x-sortable-fields") is { Length: > 0 } fields: schema["pattern"] = $"^[-~]?{fields}(,[-~]?{fields})*$"; break;
                case "pagesize": (schema["minimum"], schema["maximum"]) = (1, 1_000); break;
                case "skippages": schema["minimum"] = 0; break;
                default: break;
            }
        }

        // That parentheses group stands in words, too.
        static string Filter(string fields)
        {
            var condition = $@"{fields}\${Operators}:{Value}";
            var one = $@"({condition}|\({condition}(\$(and|or):{condition})*\))";
            return $@"^{one}(\$(and|or):{one})*$";
        }

        string Fields(string member) => operation[member]?.AsArray() is { Count: > 0 } names ? $"({string.Join('|', names.Select(n => Regex.Escape((string)n!)))})" : "";
    }

    /// <summary>
    /// Whether other members pass, no file says. Fortnox refuses them (2001399); an open schema would take every member that is misspelt, so it is closed.
    /// What only the vendor sets is no member of a request.
    /// </summary>
    private void Close(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject members) return;
        foreach (var (name, says) in members.ToArray())
        {
            // The oldest file says it in words.
            if ((bool?)says!["readOnly"] is not true && ((string?)says["description"])?.StartsWith("Read-only", StringComparison.Ordinal) is not true) continue;
            members.Remove(name);
            _setByTheVendor.Add(name);
        }
        schema["additionalProperties"] = false;
    }

    /// <summary>That each request has a token is told in words only.</summary>
    private void NeedAToken()
    {
        JsonObject schemes = new() { ["token"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "Authorization" } };
        if (IsSwagger) _said["securityDefinitions"] = schemes;
        else _said["components"]!["securitySchemes"] = schemes;
        _said["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() });
    }

    private void Add(string path, string name, JsonObject says)
    {
        var list = _said["paths"]![path]!["get"]!.AsObject();
        if (list["parameters"] is not JsonArray parameters) list["parameters"] = parameters = [];
        if (parameters.Any(p => (string?)p!["name"] == name)) return;
        JsonObject parameter = new() { ["name"] = name, ["in"] = "query" };
        if (!IsSwagger) parameter["schema"] = says;
        else foreach (var (word, value) in says) parameter[word] = value?.DeepClone();
        parameters.Add((JsonNode)parameter);
    }

    private IEnumerable<JsonObject> Operations() => _said["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(o => o.Value).OfType<JsonObject>().Where(o => o.ContainsKey("responses"));

    /// <summary>A schema and those in it.</summary>
    private static IEnumerable<JsonObject> Within(JsonObject schema) => (schema["properties"]?.AsObject().Select(m => m.Value).OfType<JsonObject>() ?? []).SelectMany(Within).Prepend(schema);

    private static async Task<JsonObject> ReadAsync(string file)
    {
        var path = Path.Combine(VendorTheoryDiscoverer.Folder!, file);
        if (!file.EndsWith(".yaml", StringComparison.Ordinal)) return JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        var (code, json) = await NodeTools.RunInAsync(Prism.Folder, "js-yaml", path);
        return code == 0 ? JsonNode.Parse(json)!.AsObject() : throw new InvalidOperationException(json);
    }
}
