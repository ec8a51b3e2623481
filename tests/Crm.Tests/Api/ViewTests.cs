using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

/// <summary>Saved views: private ones, a department's, the company's.</summary>
public sealed class ViewTests(OneApp app)
{
    private const string Mine = """{"list":"partners","name":"Big ones","query":"?creditLimit.gte=100000&sort=-balance"}""";

    [Fact]
    public async Task A_view_is_saved_read_changed_deleted_and_restored()
    {
        var company = await app.CompanyAsync();
        var made = await company.PostAsync("views", Mine);
        Assert.Equal((HttpStatusCode.Created, "creditLimit.gte=100000&sort=-balance", "mine", true), (made.Status, made.Text("query"), made.Text("shared"), made.Body.GetProperty("isMine").GetBoolean()));
        var path = $"views/{made.Body.GetProperty("number").GetInt64()}";
        var changed = await company.PatchAsync(path, """{"name":" Bigger ","shared":"company"}""", ("If-Match", made.ETag!));
        Assert.Equal(("Bigger", "company", "creditLimit.gte=100000&sort=-balance"), (changed.Text("name"), changed.Text("shared"), changed.Text("query")));
        Steps.AssertProblem(await company.PatchAsync(path, """{"name":"Old"}""", ("If-Match", made.ETag!)), 412);
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync(path)).Status);
        Steps.AssertProblem(await company.GetAsync(path), 404, "view.notFound");
        Assert.Equal("", await company.NamesAsync("views"));
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync($"{path}/restore")).Status);
        Assert.Equal("Bigger", await company.NamesAsync("views?list=partners"));
        Assert.Equal("", await company.NamesAsync("views?list=cases"));
    }

    [Theory]
    [InlineData("""{"name":"A"}""", "view.list")]
    [InlineData("""{"list":"partners"}""", "view.name")]
    [InlineData("""{"list":"partners","name":" "}""", "view.name")]
    [InlineData("""{"list":"a b","name":"A"}""", "view.list")]
    [InlineData("""{"list":"partners","name":"A","query":"a\nb"}""", "view.query")]
    [InlineData("""{"list":"partners","name":"A","shared":"department"}""", "view.department.required")]
    [InlineData("""{"list":"partners","name":"A","shared":"department","department":"none-such"}""", "view.department.unknown")]
    [InlineData("""{"list":"partners","name":"A","shared":"department","department":"closed"}""", "view.department.unknown")]
    [InlineData("""{"list":"partners","name":"A","department":"sales"}""", "view.department.unshared")]
    public async Task What_cannot_be_a_view_is_refused(string body, string code)
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("departments", new { id = "closed", name = "Closed" });
        await company.PatchAsync("departments/closed", new { disabled = true });
        Steps.AssertProblem(await company.PostAsync("views", body), 422, code);
    }

    [Fact]
    public async Task A_list_of_a_view_never_changes()
    {
        var company = await app.CompanyAsync();
        var number = (await company.PostAsync("views", Mine)).Body.GetProperty("number").GetInt64();
        Steps.AssertProblem(await company.PatchAsync($"views/{number}", """{"list":"cases"}"""), 422, "view.list");
    }

    [Fact]
    public async Task Somebody_elses_private_view_is_not_there_and_a_shared_one_is_changed_by_its_owner_or_an_administrator()
    {
        var company = await app.CompanyAsync();
        var own = (await company.Seller.CallAsync(HttpMethod.Post, company.Path("views"), Mine)).Body.GetProperty("number").GetInt64();
        var shared = (await company.Seller.CallAsync(HttpMethod.Post, company.Path("views"), """{"list":"partners","name":"Everybody's","shared":"company"}""")).Body.GetProperty("number").GetInt64();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete })
            Steps.AssertProblem(await company.Admin.CallAsync(method, company.Path($"views/{own}"), method == HttpMethod.Patch ? "{}" : null), 404, "view.notFound");
        Steps.AssertProblem(await company.PostAsync($"views/{own}/restore"), 404, "view.notFound");
        Assert.Equal("Everybody's", await company.NamesAsync("views"));
        var read = await company.Reader.ReadAsync(company.Path($"views/{shared}"));
        Assert.Equal((false, false), (read.Body.GetProperty("isMine").GetBoolean(), read.Body.GetProperty("mayChange").GetBoolean()));
        Steps.AssertProblem(await company.PatchAsync($"views/{shared}", """{"shared":"mine"}"""), 403);
        Assert.Equal("Renamed", (await company.PatchAsync($"views/{shared}", """{"name":"Renamed"}""")).Text("name"));
        var ofAdmin = (await company.PostAsync("views", """{"list":"partners","name":"The admin's","shared":"company"}""")).Body.GetProperty("number").GetInt64();
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Delete })
            Steps.AssertProblem(await company.Seller.CallAsync(method, company.Path($"views/{ofAdmin}"), method == HttpMethod.Patch ? "{}" : null), 403, "right.missing");
        Steps.AssertProblem(await company.Reader.CallAsync(HttpMethod.Post, company.Path("views"), Mine), 403, "right.missing");
    }

    [Fact]
    public async Task A_departments_view_is_seen_by_its_members_alone()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        var made = await company.PostAsync("views", """{"list":"partners","name":"Of sales","shared":"department","department":"sales"}""");
        Assert.Equal((HttpStatusCode.Created, "Sales"), (made.Status, made.Body.GetProperty("department").GetProperty("name").GetString()));
        Steps.AssertProblem(await company.Seller.ReadAsync(company.Path($"views/{made.Body.GetProperty("number").GetInt64()}")), 404, "view.notFound");
        var admin = await company.AdminIdAsync();
        Assert.Equal("", string.Join(' ', Names(await company.AdminBrowser.ReadAsync(company.Path("views")))));
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync($"users/{admin}", """{"department":"sales"}""")).Status);
        Assert.Equal("Of sales", string.Join(' ', Names(await company.AdminBrowser.ReadAsync(company.Path("views")))));
    }

    [Fact]
    public async Task A_change_of_a_view_is_in_the_journal()
    {
        var company = await app.CompanyAsync();
        var end = await app.JournalEndAsync(company);
        var number = (await company.PostAsync("views", Mine)).Body.GetProperty("number").GetInt64();
        await company.PatchAsync($"views/{number}", """{"name":"Other"}""");
        await company.PatchAsync($"views/{number}", """{"name":"Other"}""");
        await company.DeleteAsync($"views/{number}");
        Assert.Equal(end + 3, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task Somebody_elses_private_view_is_not_told_by_its_version_either()
    {
        var company = await app.CompanyAsync();
        var path = company.Path($"views/{(await company.Seller.CallAsync(HttpMethod.Post, company.Path("views"), Mine)).Body.GetProperty("number").GetInt64()}");
        foreach (var (method, at) in new[] { (HttpMethod.Patch, path), (HttpMethod.Delete, path), (HttpMethod.Post, $"{path}/restore") })
            Steps.AssertProblem(await company.Admin.CallAsync(method, at, method == HttpMethod.Patch ? "{}" : null, ("If-Match", "\"99\"")), 404, "view.notFound");
        Steps.AssertProblem(await company.Seller.CallAsync(HttpMethod.Patch, path, "{}", ("If-Match", "\"99\"")), 412);
    }

    [Fact]
    public async Task The_journal_shows_a_private_view_to_its_owner_alone_and_a_shared_one_to_those_who_see_it()
    {
        var company = await app.CompanyAsync();
        var end = await app.JournalEndAsync(company);
        var path = $"views/{(await company.Seller.CallAsync(HttpMethod.Post, company.Path("views"), Mine)).Body.GetProperty("number").GetInt64()}";
        await company.PartnerAsync("Between");
        await company.Seller.CallAsync(HttpMethod.Patch, company.Path(path), """{"name":"Secret"}""");

        Assert.Equal("view partner view", await KindsAsync(company.Seller, ""));
        Assert.Equal("partner", await KindsAsync(company.Admin, ""));
        Assert.Equal("partner", await KindsAsync(company.Reader, ""));
        var first = (await company.GetAsync($"events?after={end}&limit=1")).Body;
        Assert.Equal((0, $"{end + 1}"), (first.GetProperty("items").GetArrayLength(), first.GetProperty("next").GetString()));
        await company.Seller.CallAsync(HttpMethod.Patch, company.Path(path), """{"shared":"company"}""");
        Assert.Equal("view partner view view", await KindsAsync(company.Reader, ""));
        await company.Seller.CallAsync(HttpMethod.Patch, company.Path(path), """{"shared":"mine"}""");
        Assert.Equal("partner", await KindsAsync(company.Reader, ""));

        async Task<string> KindsAsync(HttpClient client, string more) =>
            string.Join(' ', (await client.ReadAsync(company.Path($"events?after={end}{more}"))).Body.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Nobody_has_more_than_two_hundred_views()
    {
        var company = await app.CompanyAsync();
        var deleted = (await company.PostAsync("views", Mine)).Body.GetProperty("number").GetInt64();
        await company.DeleteAsync($"views/{deleted}");
        for (var i = 0; i < 200; i++) Assert.Equal(HttpStatusCode.Created, (await company.PostAsync("views", Mine)).Status);
        Steps.AssertProblem(await company.PostAsync("views", Mine), 409, "view.tooMany");
        Steps.AssertProblem(await company.PostAsync($"views/{deleted}/restore"), 409, "view.tooMany");
        Assert.Equal(HttpStatusCode.Created, (await company.Seller.CallAsync(HttpMethod.Post, company.Path("views"), Mine)).Status);
        await company.DeleteAsync($"views/{deleted + 1}");
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync($"views/{deleted}/restore")).Status);
        Steps.AssertProblem(await company.PostAsync("views", Mine), 409, "view.tooMany");
    }

    [Fact]
    public async Task A_view_of_a_department_that_was_disabled_since_can_still_be_renamed()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        var path = $"views/{(await company.PostAsync("views", """{"list":"partners","name":"A","shared":"department","department":"sales"}""")).Body.GetProperty("number").GetInt64()}";
        await company.PatchAsync("departments/sales", new { disabled = true });
        Assert.Equal("B", (await company.PatchAsync(path, """{"name":"B"}""")).Text("name"));
    }

    private static IEnumerable<string?> Names(Reply reply) => reply.Body.GetProperty("items").EnumerateArray().Select((JsonElement v) => v.GetProperty("name").GetString());
}
