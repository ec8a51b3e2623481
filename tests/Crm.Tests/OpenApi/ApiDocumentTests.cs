using System.Net;
using System.Text.Json;

namespace Crm.Tests.OpenApi;

/// <summary>The document that the program serves at <c>/openapi/v1.json</c>.</summary>
public sealed class ApiDocumentTests(CrmApp app) : IClassFixture<CrmApp>
{
    private static readonly string[] Customer = ["customer"];

    [Fact]
    public async Task The_committed_document_is_what_the_program_serves()
    {
        var served = await app.Anonymous().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository(), "Host", "openapi.json"), TestContext.Current.CancellationToken);
        Assert.True(served.ReplaceLineEndings("\n") == committed.ReplaceLineEndings("\n"), "The API has changed: dotnet build Host -p:OpenApiGenerateDocuments=true writes Host/openapi.json anew.");
    }

    [Fact]
    public async Task It_is_read_without_credentials_and_only_once()
    {
        var first = await app.Anonymous().ReadAsync("/openapi/v1.json");
        Assert.Equal((HttpStatusCode.OK, "3.1.1"), (first.Status, first.Text("openapi")));
        var again = await app.Anonymous().ReadAsync("/openapi/v1.json", ("If-None-Match", first.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
    }

    [Fact]
    public async Task Every_schema_and_every_member_has_words()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        List<string> silent = [];
        foreach (var schema in schemas.EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("description", out _)) silent.Add(schema.Name);
            if (!schema.Value.TryGetProperty("properties", out var members)) continue;
            silent.AddRange(members.EnumerateObject().Where(m => !m.Value.TryGetProperty("description", out _)).Select(m => $"{schema.Name}.{m.Name}"));
        }
        Assert.Empty(silent);
    }

    [Fact]
    public async Task A_member_of_a_merge_patch_is_its_value_or_null_and_never_required()
    {
        var fields = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("PartnerFields");
        Assert.False(fields.TryGetProperty("required", out _));
        Assert.False(fields.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("""["null","string"]""", Compact(fields.GetProperty("properties").GetProperty("name").GetProperty("type")));
        Assert.Equal("""[{"type":"null"},{"$ref":"#/components/schemas/MoneyFields"}]""", Compact(fields.GetProperty("properties").GetProperty("creditLimit").GetProperty("oneOf")));
        Assert.DoesNotContain("Optional", (await DocumentAsync()).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_names_all_its_filters()
    {
        var parameters = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/{company}/partners").GetProperty("get").GetProperty("parameters");
        string[] names = [.. parameters.EnumerateArray().Select(p => p.TryGetProperty("name", out var name) ? name.GetString()! : p.GetProperty("$ref").GetString()!.Split('/')[^1])];
        Assert.Superset(new HashSet<string> { "company", "limit", "cursor", "count", "q", "sort", "deleted", "stage", "tag", "tag.all", "tag.none", "creditLimit.gt", "creditLimit.lte" }, names.ToHashSet());
        Assert.DoesNotContain("tag.gt", names);
    }

    [Fact]
    public async Task The_example_of_a_new_partner_can_be_sent_as_it_is()
    {
        var operation = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/{company}/partners").GetProperty("post");
        var example = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
        var made = await app.Acme.Seller.CallAsync(HttpMethod.Post, app.Acme.Path("partners"), example, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, "active"), (made.Status, made.Body.GetProperty("stage").GetProperty("key").GetString()));
        Assert.True(operation.GetProperty("responses").TryGetProperty("201", out var created) && created.GetProperty("headers").TryGetProperty("Location", out _));
    }

    [Fact]
    public async Task What_a_program_gets_has_exactly_the_members_of_its_schema()
    {
        var made = await app.Acme.Seller.CallAsync(HttpMethod.Post, app.Acme.Path("partners"), new { name = "Schema AB", country = "SE", relations = Customer, creditLimit = new { amount = 10.5m, currency = "SEK" } });
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        Assert.Equal(Names(schemas.GetProperty("PartnerView").GetProperty("properties")), Names(made.Body));
        Assert.Equal(Names(schemas.GetProperty("Money").GetProperty("properties")), Names(made.Body.GetProperty("creditLimit")));
        var problem = await app.Acme.Seller.ReadAsync(app.Acme.Path("partners/999999"));
        Assert.Equal(Names(schemas.GetProperty("ProblemView").GetProperty("properties")), Names(problem.Body));
    }

    private async Task<JsonElement> DocumentAsync() => (await app.Anonymous().ReadAsync("/openapi/v1.json")).Body;

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal)];

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, Json.Wire);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
