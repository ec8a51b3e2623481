using System.Net;
using Crm.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Partners;

/// <summary>A partner and its branches are made in one commit, all or none.</summary>
public sealed class BranchCreationTests(CrmApp app) : IClassFixture<CrmApp>
{
    private static readonly string[] Customer = ["customer"];

    [Fact, Trait("Requirement", "R55")]
    public async Task A_parent_and_its_branches_get_numbers_in_order_and_what_a_branch_does_not_name_is_the_parents()
    {
        var made = await CreateAsync(new { name = "Nordlys Kaffe AS", country = "NO", relations = Customer, language = "nb", branches = new object[] { new { name = "Nordlys Tromsø", branchNumber = "999999433" }, new { name = "Nordlys Malmö", country = "SE" } } });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var number = made.Body.GetProperty("number").GetInt64();
        Assert.Equal("Nordlys Kaffe AS", made.Text("name"));
        var branches = (await app.Acme.Seller.ReadAsync(app.Acme.Path($"partners/{number}/branches?sort=number"))).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([(number + 1, "Nordlys Tromsø", "NO", "999999433"), (number + 2, "Nordlys Malmö", "SE", null)],
            branches.Select(b => (b.GetProperty("number").GetInt64(), b.GetProperty("name").GetString()!, b.GetProperty("country").GetString()!, b.GetProperty("branchNumber").GetString())));
        Assert.All(branches, b => Assert.Equal((number, "nb", "customer"), (b.GetProperty("parent").GetInt64(), b.GetProperty("language").GetString(), b.GetProperty("relations")[0].GetString())));
        foreach (var each in new[] { number, number + 1, number + 2 })
            Assert.Equal("partner.created", Assert.Single((await app.Acme.Seller.ReadAsync(app.Acme.Path($"partners/{each}/timeline"))).Body.GetProperty("items").EnumerateArray()).GetProperty("fact").GetString());
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Whatever_is_wrong_with_one_of_them_is_told_with_its_place_and_nothing_is_made()
    {
        var before = await CountAsync();
        var refused = await CreateAsync(new { name = "Fine AS", country = "NO", relations = Customer, employees = -1, branches = new object[] { new { name = "Fine one" }, new { employees = -2 }, new { name = "x", parent = 1001 } } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["/branches/1/employees", "/branches/1/name", "/branches/2/parent", "/employees"], refused.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        var other = await CreateAsync(new { name = "Fine AS", country = "NO", relations = Customer, branches = new[] { new { name = "x", parent = 1001 } } });
        Assert.Equal("partner.branch.parent", other.Code);
        var tooMany = await CreateAsync(new { name = "Fine AS", country = "NO", relations = Customer, branches = Enumerable.Range(0, 101).Select(i => new { name = $"Branch {i}" }) });
        Assert.Equal("partner.branches.tooMany", tooMany.Code);
        Assert.Equal(before, await CountAsync());
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task A_key_takes_effect_once_and_a_dry_run_makes_nothing()
    {
        var body = new { name = "Once AS", country = "NO", relations = Customer, branches = new[] { new { name = "Once Bergen" } } };
        var before = await CountAsync();
        Assert.Equal("Once AS", (await CreateAsync(body, ("Prefer", "dry-run"))).Text("name"));
        Assert.Equal(before, await CountAsync());
        var key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");
        var numbers = new[] { await CreateAsync(body, key), await CreateAsync(body, key) }.Select(r => r.Body.GetProperty("number").GetInt64()).Distinct();
        Assert.Single(numbers);
        Assert.Equal(before + 2, await CountAsync());
    }

    [Fact]
    public async Task Branches_belong_to_the_making_of_a_partner_only()
    {
        var number = (await CreateAsync(new { name = "Alone AS", country = "NO", relations = Customer })).Body.GetProperty("number").GetInt64();
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Acme.Seller.CallAsync(HttpMethod.Patch, app.Acme.Path($"partners/{number}"), new { branches = new[] { new { name = "x" } } })).Status);
    }

    [Theory, Trait("Requirement", "R55")]
    [InlineData(null, new[] { "", "", "" }), InlineData(1, new[] { "", "partner.changedSince", "partner.branchesStay" }), InlineData(0, new[] { "", "", "partner.changedSince" })]
    public async Task Taking_the_making_back_deletes_all_of_them_or_leaves_a_branch_that_was_changed_since_with_its_parent(int? changed, string[] codes)
    {
        var ct = TestContext.Current.CancellationToken;
        var number = (await CreateAsync(new { name = "Back AS", country = "NO", relations = Customer, branches = new[] { new { name = "Back one" }, new { name = "Back two" } } })).Body.GetProperty("number").GetInt64();
        if (changed is { } place) Assert.Equal(HttpStatusCode.OK, (await app.Acme.Seller.CallAsync(HttpMethod.Patch, app.Acme.Path($"partners/{number + place}"), new { phone = "1" })).Status);
        var company = (await app.Services.GetRequiredService<IAccess>().CompanyAsync("acme", ct))!;
        var (journal, actors) = (app.Services.GetRequiredService<IJournal>(), app.Services.GetRequiredService<IActors>());
        List<Event> made = [];
        for (var each = number + 2; each >= number; each--) made.Add((await journal.OfEntityAsync(company, "partner", each, null, 10, ct))[^1]);
        var undo = app.Services.GetServices<IUndo>().Single(u => u.Kind == "partner");
        Assert.Equal(codes, (await actors.TryAsync(Call.System(company), await undo.RevertAsync(company, made, force: false, ct), ct)).Select(o => o.Refusal?.Code ?? ""));
        Assert.All(await actors.TryAsync(Call.System(company), await undo.RevertAsync(company, made, force: true, ct), ct), o => Assert.Null(o.Refusal));
    }

    private Task<Reply> CreateAsync(object body, params (string, string)[] headers) => app.Acme.Seller.CallAsync(HttpMethod.Post, app.Acme.Path("partners"), body, headers);

    private async Task<long> CountAsync() => (await app.Acme.Seller.ReadAsync(app.Acme.Path("partners?limit=1"))).Body.GetProperty("count").GetInt64();
}
