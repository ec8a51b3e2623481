using System.Net;
using Crm.Tests.Accounting;
using Crm.Tests.Api;

namespace Crm.Tests.Hostile;

/// <summary>Whatever comes in: a 4xx problem with a code, and nothing is stored.</summary>
public sealed class BadInputTests(OneApp app)
{
    [Fact]
    public async Task No_route_takes_a_body_that_is_not_what_it_reads()
    {
        var company = await FilledAsync();
        var end = await app.JournalEndAsync(company);
        var routes = CompanyRoutes.Of(app).Where(r => r.BodyType is not null).ToArray();
        Assert.True(routes.Length > 15, $"{routes.Length}");
        foreach (var route in routes)
        {
            var path = company.Path(route.Path(place => Existing(route, place)));
            foreach (var (body, code) in BadBodies.Any())
            {
                var reply = await company.Admin.CallAsync(route.Method, path, body);
                AssertRefused(reply, $"{route} {(body.Length > 80 ? body[..80] : body)}", code);
                if (code is not null) Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
            }
            foreach (var body in BadBodies.For(route.BodyType!)) AssertRefused(await company.Admin.CallAsync(route.Method, path, body), $"{route} {body}", null);
            AssertRefused(await company.Admin.SendBytesAsync(route.Method, path, [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x7D], "application/json"), $"{route} invalid UTF-8", "request.json");
            AssertRefused(await company.Admin.SendBytesAsync(route.Method, path, "name=x"u8.ToArray(), "application/x-www-form-urlencoded"), $"{route} form", "request.mediaType");
        }
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_on_any_route()
    {
        var company = await FilledAsync();
        var end = await app.JournalEndAsync(company);
        foreach (var route in CompanyRoutes.Of(app).Where(r => r.Parameters.Any()))
        {
            foreach (var odd in new[] { "999999", "9223372036854775807", "99999999999999999999999", "-1", "0", "1.5", "x", "%27%3B--", "..%2F..", "%F0%9F%98%80", "a%2Fb" })
            {
                var reply = await SendAsync(company, route, company.Path(route.Path(_ => odd)));
                Assert.True((int)reply.Status is 404 or 400 or 405 or 422, $"{route} {odd}: {(int)reply.Status} {reply.Body}");
                AssertRefused(reply, $"{route} {odd}", null);
            }
        }
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Theory]
    [InlineData("""{"creditLimit":{"amount":-1}}""")]
    [InlineData("""{"creditLimit":{"amount":1e28}}""")]
    [InlineData("""{"creditLimit":{"amount":-79228162514264337593543950335}}""")]
    [InlineData("""{"creditLimit":{"amount":0.000000000000000001}}""")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":"ABC"}}""")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":""}}""")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":"SEK\u0000"}}""")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":null,"rate":2}}""")]
    [InlineData("""{"employees":2147483648}""")]
    [InlineData("""{"parent":1001}""")]
    [InlineData("""{"parent":-5}""")]
    [InlineData("""{"parent":9223372036854775807}""")]
    [InlineData("""{"owner":"u1'; drop table partners; --"}""")]
    [InlineData("""{"tags":["x' or '1'='1"]}""")]
    [InlineData("""{"stage":"none"}""")]
    [InlineData("""{"relations":["customer","customer' --"]}""")]
    [InlineData("""{"addresses":{"visiting":{"country":"Sverige"}}}""")]
    [InlineData("""{"balance":{"amount":0,"currency":"SEK"}}""")]
    [InlineData("""{"uninvoiced":{"amount":0,"currency":"SEK"}}""")]
    [InlineData("""{"latestDelivery":"2026-01-01"}""")]
    [InlineData("""{"version":7}""")]
    [InlineData("""{"deletedAt":null}""")]
    [InlineData("""{"contacts":[]}""")]
    [InlineData("""{"logo":null}""")]
    [InlineData("""{"company":2}""")]
    public async Task A_partner_takes_no_absurd_foreign_or_read_only_value(string body)
    {
        var company = await Company.Value;
        var end = await app.JournalEndAsync(company);
        AssertRefused(await company.PatchAsync("partners/1001", body), body, null);
        AssertRefused(await company.PostAsync("partners", "{\"name\":\"X\",\"country\":\"SE\",\"relations\":[\"customer\"]," + body[1..]) is var r && body.Contains("1001", StringComparison.Ordinal) ? await company.PatchAsync("partners/1001", body) : r, body, null);
        if (!body.Contains("1001", StringComparison.Ordinal)) Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Theory]
    [InlineData("""{"value":{"amount":-1}}""")]
    [InlineData("""{"value":{"amount":1e28}}""")]
    [InlineData("""{"value":{"amount":0.000000000000000001}}""")]
    [InlineData("""{"value":{"amount":1,"currency":"SEK\u0000"}}""")]
    [InlineData("""{"value":{"amount":1,"rate":2}}""")]
    [InlineData("""{"probability":2147483647}""")]
    [InlineData("""{"probability":-1}""")]
    [InlineData("""{"probability":50.5}""")]
    [InlineData("""{"partner":9223372036854775807}""")]
    [InlineData("""{"partner":-5}""")]
    [InlineData("""{"status":"new'; drop table cases; --"}""")]
    [InlineData("""{"owner":"u1' or '1'='1"}""")]
    [InlineData("""{"followUp":"1899-12-31"}""")]
    [InlineData("""{"expectedClose":"9999-12-31"}""")]
    [InlineData("""{"lostReason":{"key":"price' --"}}""")]
    [InlineData("""{"weighted":{"amount":1,"currency":"SEK"}}""")]
    [InlineData("""{"closed":true}""")]
    [InlineData("""{"order":5}""")]
    [InlineData("""{"convertedAt":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"openProbability":5}""")]
    [InlineData("""{"overdue":{}}""")]
    [InlineData("""{"related":null}""")]
    [InlineData("""{"deletedAt":null}""")]
    public async Task A_case_takes_no_absurd_foreign_or_read_only_value(string body)
    {
        var company = await Company.Value;
        var end = await app.JournalEndAsync(company);
        AssertRefused(await company.PatchAsync("cases/1", body), body, null);
        AssertRefused(await company.PostAsync("cases", body.Contains("\"partner\"", StringComparison.Ordinal) ? body : "{\"title\":\"X\",\"partner\":1001," + body[1..]), body, null);
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("' or 1=1 --")]
    [InlineData("\"; drop table partners; --")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("\\%\\_\\\\")]
    [InlineData(";")]
    [InlineData("@p0")]
    [InlineData("😀 å \u200E")]
    public async Task Filters_treat_every_character_as_text(string text)
    {
        var company = await Company.Value;
        foreach (var field in new[] { "tag", "tag.all", "stage", "country", "owner", "industry", "relation", "organisationNumber", "vatNumber", "department" })
        {
            var page = await company.GetAsync($"partners?{field}={Uri.EscapeDataString(text)}");
            Assert.True(page.Status == HttpStatusCode.OK, $"{field} {page.Body}");
            Assert.Equal(0, page.Body.GetProperty("items").EnumerateArray().Count(p => field is not ("organisationNumber" or "vatNumber") || p.GetProperty(field).ValueKind != System.Text.Json.JsonValueKind.Null && p.GetProperty(field).GetString()!.Length > 0));
        }
        foreach (var path in new[] { "partners?name=", "partners?city=", "partners?q=", "contacts?q=", "partners/overview?q=", "operations?action=", "cases?q=", "cases?title=", "cases?status=", "cases/summary?q=", "cases/summary?lostReason=" })
            Assert.Equal(HttpStatusCode.OK, (await company.GetAsync($"{path}{Uri.EscapeDataString(text)}")).Status);
        foreach (var field in new[] { "number", "creditLimit.gt", "latestDelivery.lt", "employees.gte", "sort", "limit", "cursor", "count", "deleted", text })
            AssertRefused(await company.GetAsync($"partners?{Uri.EscapeDataString(field)}={Uri.EscapeDataString(text)}"), field, null);
    }

    [Fact]
    public async Task Queries_that_are_too_long_or_too_odd_are_refused()
    {
        var company = await Company.Value;
        AssertRefused(await company.GetAsync($"partners?q={new string('x', 1_001)}"), "long", "filter.value");
        AssertRefused(await company.GetAsync("partners?q=a%00b"), "nul", "filter.value");
        AssertRefused(await company.GetAsync($"partners?cursor={new string('A', 900)}"), "cursor", "cursor.invalid");
        AssertRefused(await company.GetAsync("partners/1001/timeline?before=x"), "before", null);
        AssertRefused(await company.GetAsync("partners/1001/timeline?limit=99999999999"), "limit", null);
        AssertRefused(await company.GetAsync("contacts?limit=-1"), "limit", null);
        AssertRefused(await company.GetAsync("contacts?limit=x"), "limit", null);
        AssertRefused(await company.GetAsync("partners/1001/branches?color=red"), "color", "filter.unknown");
        Assert.Equal(HttpStatusCode.OK, (await company.GetAsync("partners?q=%ED%A0%80%FF")).Status);
    }

    [Fact]
    public async Task Forged_conditions_are_refused_and_store_nothing()
    {
        var company = await Company.Value;
        var end = await app.JournalEndAsync(company);
        foreach (var etag in new[] { "\"abc\"", "\"1\",\"2\"", "W/\"1\"", "1", "\"-1\"", "\"99999999999999999999\"", "\"0x1\"", "''" })
            AssertRefused(await company.PatchAsync("partners/1001", """{"name":"Forged"}""", ("If-Match", etag)), etag, "version.stale");
        foreach (var key in new[] { new string('k', 256), "§own", "a\tb" })
            AssertRefused(await company.PatchAsync("partners/1001", """{"name":"Forged"}""", ("Idempotency-Key", key)), key, "idempotency.key");
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task Forged_and_foreign_keys_open_nothing()
    {
        var company = await Company.Value;
        var stranger = await app.CompanyAsync();
        var token = (await company.PostAsync("api-keys", new { name = "short-lived", role = "admin" })).Body;
        var (text, number) = (token.GetProperty("token").GetString()!, token.GetProperty("number").GetInt64());
        foreach (var forged in new[] { text[..^1], text + "x", text[..^4] + "AAAA", text.Replace($"k{number}_", "k1_", StringComparison.Ordinal), "crm_", "crm_c1k1_", "crm_c0k1_" + new string('A', 43), "x", "", "eyJhbGciOiJub25lIn0.e30." })
        {
            var reply = await app.App.With(forged).ReadAsync(company.Path("partners"));
            Assert.True(reply.Status == HttpStatusCode.Unauthorized, $"{forged}: {reply.Body}");
            Assert.NotEmpty(reply.Code!);
        }
        Steps.AssertProblem(await stranger.Admin.ReadAsync(company.Path("partners")), 404, "company.notFound");
        Assert.Equal(HttpStatusCode.OK, (await app.App.With(text).ReadAsync(company.Path("partners"))).Status);
        await company.DeleteAsync($"api-keys/{number}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.App.With(text).ReadAsync(company.Path("partners"))).Status);
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<OneApp, Lazy<Task<TestCompany>>> Companies = [];

    private Lazy<Task<TestCompany>> Company => Companies.GetValue(app, _ => new(FilledAsync));

    private async Task<TestCompany> FilledAsync()
    {
        var company = await app.CompanyAsync();
        Assert.Equal(1001, await company.PartnerAsync("Volvo", "\"organisationNumber\":\"556012-5790\",\"stage\":\"active\""));
        await company.PostAsync("partners/1001/contacts", """{"name":"Eva"}""");
        await company.PostAsync("cases", """{"title":"Warehouse","partner":1001}""");
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        await app.AddLedgerAsync(company, "Ledger");
        return company;
    }

    private static readonly string[] NumberedFromOne = ["/cases/", "/accounting/", "}/invoices/"];

    /// <summary>Something that is there, for every place in an address.</summary>
    private static string Existing(CompanyRoute route, string parameter) => parameter switch { "number" => NumberedFromOne.Any(p => route.ToString().Contains(p, StringComparison.Ordinal)) ? "1" : "1001", "id" => "1", "plugin" => "bizweb", "key" => route.ToString().Contains("/lost-reasons/", StringComparison.Ordinal) ? "price" : "lost", _ => throw new InvalidOperationException($"Nothing is known of {{{parameter}}}.") };

    private static Task<Reply> SendAsync(TestCompany company, CompanyRoute route, string path) =>
        route.BodyType is null && route.Method == HttpMethod.Put ? company.Admin.SendBytesAsync(route.Method, path, Pictures.Png, "image/png")
        : company.Admin.CallAsync(route.Method, path, route.BodyType is null ? null : "{}");

    private static void AssertRefused(Reply reply, string what, string? code)
    {
        Assert.True((int)reply.Status is >= 400 and < 500 && !string.IsNullOrEmpty(reply.Code) && (code is null || reply.Code == code), $"{what}: {(int)reply.Status} {reply.Body}");
        Assert.NotEmpty(reply.Text("traceId")!);
    }
}
