using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Accounting;
using Crm.Tests.Api;
using Crm.Tests.Plugins;

namespace Crm.Tests.Hostile;

/// <summary>Two companies with data in each: nothing of one is seen, named or changed from the other, on any route there is.</summary>
public sealed class IsolationTests(OneApp app)
{
    private const string Canary = "canary";

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { "X-Request-Id", "RateLimit-Remaining", "RateLimit-Reset", "Set-Cookie" };

    [Fact]
    public async Task No_route_shows_or_changes_anything_of_another_company()
    {
        var (mine, theirs, places) = await TwoAsync();
        var (myEnd, theirEnd) = (await app.JournalEndAsync(mine), await app.JournalEndAsync(theirs));
        var routes = CompanyRoutes.Of(app).ToArray();
        Assert.True(routes.Length > 40, $"{routes.Length}");
        foreach (var route in routes.Where(r => r.Parameters.Any()))
        {
            var reply = await SendAsync(mine, route, mine.Path(route.Path(p => places(route, p))));
            Assert.True(reply.Status == HttpStatusCode.NotFound && reply.Code is not null, $"{route}: {(int)reply.Status} {reply.Body}");
            Silent(reply, route);
        }
        // The stream of changes has no end; ChangeFeedTests holds that it tells nothing of others.
        foreach (var route in routes.Where(r => !r.Parameters.Any() && r.Method == HttpMethod.Get && !r.IsStream)) Silent(await mine.GetAsync(route.Path(_ => "")), route);
        foreach (var query in new[] { "tag=canary-tag", "q=canary", "name=canary", "city=canary", "number=1010", "parent=1010", "department=canary-dept", $"owner={places(routes.First(r => r.ToString().Contains("/users/", StringComparison.Ordinal)), "id")}", "deleted=true" })
        {
            var page = await mine.GetAsync($"partners?count=exact&{query}");
            Assert.Equal((0, 0), (page.Body.GetProperty("items").GetArrayLength(), page.Body.GetProperty("count").GetInt32()));
            Silent(page, routes[0]);
        }
        foreach (var body in new[] { """{"parent":1010}""", """{"tags":["canary-tag"]}""", """{"department":"canary-dept"}""", $$"""{"owner":"{{places(routes.First(r => r.ToString().Contains("/users/", StringComparison.Ordinal)), "id")}}"}""" })
        {
            var reply = await mine.PatchAsync("partners/1001", body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
            Silent(reply, routes[0]);
        }
        foreach (var query in new[] { "q=canary", "title=canary", "status=canary-cas", "partner=1010", "value.gt=0", "deleted=true" })
        {
            foreach (var path in new[] { "cases", "cases/summary" })
            {
                var page = await mine.GetAsync($"{path}?{query}");
                Assert.Equal(0, page.Body.GetProperty("count").GetInt32());
                Silent(page, routes[0]);
            }
        }
        foreach (var path in new[] { "accounting/customers?name=canary", "invoices?invoiceNumber=Canary%200", "invoices?partner=1010" })
        {
            var page = await mine.GetAsync(path);
            Assert.Equal(0, page.Body.GetProperty("count").GetInt32());
            Silent(page, routes[0]);
        }
        Assert.Equal("accounting.partner.unknown", (await mine.PostAsync("accounting/customers/1/link", """{"partner":1010}""")).Code);
        foreach (var body in new[] { """{"partner":1010}""", """{"status":"canary-cas"}""", """{"status":"lost","lostReason":{"key":"canary-los"}}""" })
        {
            var reply = await mine.PatchAsync("cases/1", body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
            Silent(reply, routes[0]);
        }
        Assert.Equal((myEnd, theirEnd), (await app.JournalEndAsync(mine), await app.JournalEndAsync(theirs)));
    }

    [Fact]
    public async Task A_company_one_is_no_member_of_is_as_one_that_does_not_exist()
    {
        var (mine, theirs, places) = await TwoAsync();
        var end = await app.JournalEndAsync(theirs);
        foreach (var route in CompanyRoutes.Of(app))
        {
            var path = route.Path(p => places(route, p));
            foreach (var client in new[] { mine.Admin, mine.Reader, mine.AdminBrowser })
            {
                var (foreign, unknown) = (await SendAsync(client, route, theirs.Path(path)), await SendAsync(client, route, $"/api/v1/no-such-company/{path}"));
                Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
                Assert.Equal(Without(unknown), Without(foreign));
                Assert.Equal(Headers(unknown), Headers(foreign));
            }
        }
        Assert.Equal(end, await app.JournalEndAsync(theirs));
    }

    [Fact]
    public async Task An_idempotency_key_of_one_company_means_nothing_in_another()
    {
        var (mine, theirs, _) = await TwoAsync();
        await theirs.PostAsync("partners", """{"name":"Canary once","country":"SE","relations":["customer"]}""", ("Idempotency-Key", "same"));
        var reply = await mine.PostAsync("partners", """{"name":"Mine","country":"SE","relations":["customer"]}""", ("Idempotency-Key", "same"));
        Assert.Equal((HttpStatusCode.Created, "Mine", null), (reply.Status, reply.Text("name"), reply.Header("Idempotency-Replayed")));
    }

    private async Task<(TestCompany Mine, TestCompany Theirs, Func<CompanyRoute, string, string> Places)> TwoAsync()
    {
        var (mine, theirs) = (await app.CompanyAsync(), await app.CompanyAsync());
        await mine.PartnerAsync("Mine");
        await mine.PostAsync("partners/1001/contacts", """{"name":"My Eva"}""");
        await mine.PostAsync("cases", """{"title":"Mine","partner":1001}""");
        for (var i = 0; i < 9; i++) await theirs.PartnerAsync($"Canary {i}", "\"stage\":\"lost\"");
        foreach (var list in new[] { "tags", "stages", "industries", "relations" }) await theirs.PostAsync(list, $$"""{"key":"canary-{{list[..3]}}","name":"Canary {{list}}"}""");
        await theirs.PostAsync("departments", new { id = "canary-dept", name = "Canary department" });
        var user = await theirs.UserAsync("Canary user");
        var number = await theirs.PartnerAsync("Canary", $"\"tags\":[\"canary-tag\"],\"department\":\"canary-dept\",\"owner\":\"{user}\",\"phone\":\"canary\",\"addresses\":{{\"visiting\":{{\"city\":\"Canary\"}}}}");
        Assert.Equal(1010, number);
        await theirs.PostAsync($"partners/{number}/contacts", """{"name":"Canary Eva","email":"eva@canary.example"}""");
        await theirs.PutLogoAsync(number, Pictures.Svg);
        for (var i = 0; i < 3; i++) await theirs.ImportAsync($"Name;Country\nCanary import {i};SE\n");
        foreach (var list in new[] { "case-statuses", "lost-reasons" }) await theirs.PostAsync(list, $$"""{"key":"canary-{{list[..3]}}","name":"Canary {{list}}"}""");
        for (var i = 0; i < 2; i++) await theirs.PostAsync("cases", $$"""{"title":"Canary case","partner":{{number}},"status":"canary-cas","owner":"{{user}}","value":{ "amount":5} }""");
        await mine.PostAsync("orders", """{"partner":1001}""");
        for (var i = 0; i < 2; i++) await theirs.PostAsync("orders", $$"""{"partner":{{number}},"reference":"Canary order","owner":"{{user}}"}""");
        await mine.PostAsync("views", """{"list":"partners","name":"Mine","shared":"company"}""");
        for (var i = 0; i < 2; i++) await theirs.PostAsync("views", """{"list":"partners","name":"Canary view","query":"name=canary","shared":"company"}""");
        for (var i = 0; i < 4; i++) await theirs.PostAsync("api-keys", new { name = $"canary {i}", role = "reader" });
        await app.App.InstallAsync(TestPackages.Of("V1", manifest: m => m["id"] = $"canary-{theirs.Slug}"));
        await (await app.App.OperatorAsync()).CallAsync(HttpMethod.Post, $"/api/v1/operator/plugins/canary-{theirs.Slug}/canary", new { version = "1.0.0", companies = new[] { theirs.Slug } });
        await theirs.SwitchOnAsync($"canary-{theirs.Slug}");
        await theirs.PatchAsync($"partners/{number}", """{"country":"DE","organisationNumber":"7"}""");
        Assert.Equal(HttpStatusCode.OK, (await theirs.PostAsync($"registers/answers/{number}", "{}")).Status);
        await app.AddLedgerAsync(mine, "Mine");
        for (var i = 0; i < 2; i++) await app.AddLedgerAsync(theirs, $"Canary {i}");
        return (mine, theirs, (route, parameter) => route.ToString() switch
        {
            var r when r.Contains("/accounting/", StringComparison.Ordinal) || r.Contains("}/invoices/", StringComparison.Ordinal) => "2",
            var r when r.Contains("/registers/answers/", StringComparison.Ordinal) => "1010",
            var r when r.Contains("/integrations/", StringComparison.Ordinal) || r.Contains("/registers/", StringComparison.Ordinal) => parameter == "plugin" ? $"canary-{theirs.Slug}" : "1",
            var r when r.Contains("/partners/", StringComparison.Ordinal) => parameter == "number" ? "1010" : "1",
            var r when r.Contains("/cases/", StringComparison.Ordinal) => "2",
            var r when r.Contains("/orders/", StringComparison.Ordinal) => "1002",
            var r when r.Contains("/views/", StringComparison.Ordinal) => "2",
            var r when r.Contains("/operations/", StringComparison.Ordinal) || r.Contains("/imports/", StringComparison.Ordinal) => "2",
            var r when r.Contains("/api-keys/", StringComparison.Ordinal) => "6",
            var r when r.Contains("/users/", StringComparison.Ordinal) => user,
            var r when r.Contains("/departments/", StringComparison.Ordinal) => "canary-dept",
            var r when parameter == "key" => $"canary-{r.Split("{company}/")[1][..3]}",
            var r => throw new InvalidOperationException($"Say here what {{{parameter}}} of {r} is in the other company."),
        });
    }

    private static Task<Reply> SendAsync(TestCompany company, CompanyRoute route, string path) => SendAsync(company.Admin, route, path);

    private static Task<Reply> SendAsync(HttpClient client, CompanyRoute route, string path) =>
        route.BodyType is null && route.Method == HttpMethod.Put ? client.SendBytesAsync(route.Method, path, Pictures.Png, "image/png")
        : client.CallAsync(route.Method, path, route.BodyType is null ? null : LeastBody.Of(route.BodyType));

    private static void Silent(Reply reply, CompanyRoute route) =>
        Assert.False(reply.Body.ValueKind != System.Text.Json.JsonValueKind.Undefined && reply.Body.GetRawText().Contains(Canary, StringComparison.OrdinalIgnoreCase), $"{route}: {reply.Body}");

    private static string Without(Reply reply)
    {
        var body = JsonNode.Parse(reply.Body.GetRawText())!.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }

    private static string Headers(Reply reply) => string.Join('\n', reply.Message.Headers.Where(h => !Own.Contains(h.Key)).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal));
}
