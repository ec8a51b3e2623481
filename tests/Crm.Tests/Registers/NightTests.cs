using Crm.Contracts;
using Crm.Plugins.Packages;
using Crm.Registers;
using Crm.Tests.Api;
using Crm.Tests.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Registers;

/// <summary>Every night the registers are asked about the partners that they know: within their limits, by one host, and without changing a partner.</summary>
public sealed class NightTests : RegisterWatch
{
    [Fact, Trait("Requirement", "R49")]
    public async Task At_night_differences_come_into_the_list_and_no_partner_changes()
    {
        var (kaffe, hotell) = (await PartnerAsync("Nordlys Kaffe", Kaffe), await PartnerAsync("Fjordblikk Hotell AS", Hotell));
        await NightAsync();
        Assert.Equal("Nordlys Kaffe: /name /vatNumber /legalForm /employees /phone /email /website /addresses/visiting /addresses/postal; Fjordblikk Hotell AS: /vatNumber /legalForm /employees /phone /email /website /addresses/visiting", await ListAsync());
        foreach (var partner in new[] { kaffe, hotell }) Assert.Equal(1, (await Acme.GetAsync($"partners/{partner}")).Body.GetProperty("version").GetInt64());
        Assert.Equal((1, 1), (Register.Asked(Kaffe), Register.Asked(Hotell)));
    }

    [Fact]
    public async Task Where_the_register_tells_what_has_changed_only_that_is_read_again()
    {
        var kaffe = await PartnerAsync("Nordlys Kaffe AS", Kaffe);
        await PartnerAsync("Fjordblikk Hotell AS", Hotell);
        await NightAsync();
        await LeaveAsync(kaffe, Fields(await AnswerAsync(kaffe)).Split(' '));
        await Register.ChangeAsync(Kaffe, company => company["telefon"] = "77 60 10 21");
        await NightAsync();
        Assert.Equal((2, 1), (Register.Asked(Kaffe), Register.Asked(Hotell)));
        Assert.Equal("/phone", Fields(await AnswerAsync(kaffe)));
        await NightAsync();
        Assert.Equal((2, 1), (Register.Asked(Kaffe), Register.Asked(Hotell)));
        // What a person changes by day is counted at night, without asking.
        await Acme.PatchAsync($"partners/{kaffe}", new { phone = "77601021", name = "Nordlys" });
        await NightAsync();
        Assert.StartsWith("Nordlys: /name; Fjordblikk Hotell AS: ", await ListAsync(), StringComparison.Ordinal);
        Assert.Equal(2, Register.Asked(Kaffe));
    }

    [Fact]
    public async Task A_place_in_the_feed_that_means_nothing_any_more_is_begun_anew_and_all_is_read_once()
    {
        await PartnerAsync("Nordlys Kaffe AS", Kaffe);
        await NightAsync();
        var company = await AcmeAsync();
        var number = (await App.Services.GetRequiredService<IDatabase>().QueryAsync(company, "select number from register_nights where company = @company", [], row => row.GetInt64(0), TestContext.Current.CancellationToken))[0];
        Dusk();
        var (call, actors, day) = (Call.System(company), App.Services.GetRequiredService<IActors>(), Nights.NightOf(new() { TimeZone = "Europe/Stockholm" }, App.Clock.GetUtcNow())!.Value);
        await actors.SendAsync(call, number, new TakeNight("bizweb", day, "old", TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        await actors.SendAsync(call, number, new EndNight("old", 0, "nonsense", null), TestContext.Current.CancellationToken);
        await NightAsync();
        Assert.Equal(2, Register.Asked(Kaffe));
        var night = await LastNightAsync();
        Assert.NotEqual("nonsense", night.Cursor);
        Assert.Null(night.Problem);
    }

    [Fact]
    public async Task A_register_that_is_down_ends_the_night_with_its_reason_and_the_next_one_goes_on()
    {
        await PartnerAsync("Nordlys Kaffe AS", Kaffe);
        await NightAsync();
        await PartnerAsync("Fjordblikk Hotell AS", Hotell);
        Register.IsDown = true;
        await NightAsync();
        var night = await LastNightAsync();
        Assert.NotNull(night.Problem);
        Assert.Null(night.Host);
        Assert.DoesNotContain("Fjordblikk", await ListAsync(), StringComparison.Ordinal);
        Assert.Equal(night.Problem, (await Acme.GetAsync("registers")).Body.GetProperty("items")[0].GetProperty("night").GetProperty("problem").GetString());
        Register.IsDown = false;
        // Not in the same night again.
        await App.Services.GetRequiredService<Nights>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Register.Asked(Hotell));
        await NightAsync();
        Assert.Contains("Fjordblikk", await ListAsync(), StringComparison.Ordinal);
        Assert.Null((await LastNightAsync()).Problem);
    }

    [Fact]
    public async Task A_night_is_one_hosts_and_another_goes_on_where_a_dead_one_was()
    {
        foreach (var (number, i) in new[] { Energi, Kaffe, Hotell, Konkurs }.Select((n, i) => (n, i))) await PartnerAsync($"Firma {i}", number);
        Dusk();
        using var dies = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var left = 3;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync("dying", () => { if (left-- == 0) dies.Cancel(); return true; }, dies.Token));
        var asked = Asked();
        Assert.InRange(asked, 1, 3);
        Assert.Equal(0, await ReadAsync("other"));
        App.Clock.Advance(TimeSpan.FromMinutes(11));
        var both = await Task.WhenAll(ReadAsync("third"), ReadAsync("fourth"));
        Assert.Contains(0, both);
        Assert.Equal(4, Asked());
        Assert.Equal(0, await ReadAsync("fifth"));

        int Asked() => new[] { Energi, Kaffe, Hotell, Konkurs }.Sum(Register.Asked);
    }

    [Fact]
    public async Task No_more_is_asked_in_a_night_than_half_of_what_the_register_allows_in_a_day_and_the_next_night_goes_on()
    {
        await App.InstallAsync(TestPackages.Of("V1", manifest: m => (m["id"], m["limits"]!["requestsPerDay"]) = ("small", 4)));
        await App.ActivateAsync("small");
        await Acme.SwitchOnAsync("small");
        var partners = new List<long>();
        for (var i = 0; i < 5; i++) partners.Add(await Acme.PartnerAsync($"Klein {i} GmbH", $"\"country\":\"DE\",\"organisationNumber\":\"{i + 1}\""));
        foreach (var known in new[] { 2, 4, 5, 5 })
        {
            await NightAsync();
            var count = 0;
            foreach (var partner in partners) count += (await AnswerAsync(partner)).Code is null ? 1 : 0;
            Assert.Equal(known, count);
        }
        // Round from where it stopped: the first are the longest ago by now.
        var told = (await Task.WhenAll(partners.Select(AnswerAsync))).Select(a => a.Body.GetProperty("at").GetDateTimeOffset()).ToArray();
        Assert.Equal([3, 4, 0, 1, 2], Enumerable.Range(0, 5).OrderBy(i => told[i]));
    }

    [Theory, InlineData(null, false, 5_000), InlineData(300, false, 150), InlineData(300, true, 50)]
    public void A_limit_that_all_companies_share_is_shared_at_night_too(int? daily, bool isShared, int budget) =>
        Assert.Equal(budget, NightReading.BudgetOf(new() { RequestsPerDay = daily, Shared = isShared }, companies: 3));

    [Fact]
    public async Task Another_company_sees_nothing_of_it()
    {
        var other = await App.NewCompanyAsync("other");
        await SwitchOnAsync(other);
        await other.NorwegianAsync("Kaffe av andre", Kaffe);
        await PartnerAsync("Nordlys Kaffe", Kaffe);
        await NightAsync();
        Assert.StartsWith("Nordlys Kaffe:", await ListAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Kaffe av andre:", await ListAsync(other), StringComparison.Ordinal);
        Assert.DoesNotContain("Nordlys", await ListAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_day_nothing_is_asked()
    {
        await PartnerAsync("Nordlys Kaffe", Kaffe);
        Dusk();
        App.Clock.Advance(TimeSpan.FromHours(5));
        await App.Services.GetRequiredService<Nights>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Register.Asked(Kaffe));
    }

    [Theory, InlineData("Europe/Helsinki", "2026-03-06T23:30:00Z", "2026-03-07"), InlineData("UTC", "2026-03-06T23:30:00Z", null), InlineData("Europe/Oslo", "2026-03-07T03:59:59Z", "2026-03-07"), InlineData("Europe/Oslo", "2026-03-07T04:00:00Z", null)]
    public void It_is_night_where_the_company_is(string zone, string now, string? day) =>
        Assert.Equal(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Nights.NightOf(new() { TimeZone = zone }, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_night_is_taken_once_and_kept_by_who_has_it()
    {
        var (at, day) = (Partners.Given.At, new DateOnly(2026, 3, 7));
        var taken = new TakeNight("bizweb", day, "a", TimeSpan.FromMinutes(10)).Decide(at).State!;
        Assert.Equal("registerNight.taken", new TakeNight("bizweb", day, "b", TimeSpan.FromMinutes(10)).Decide(taken, at).Refusal!.Code);
        Assert.Null(new TakeNight("bizweb", day, "b", TimeSpan.FromMinutes(10)).Decide(taken, at with { Now = at.Now.AddMinutes(10) }).Refusal);
        Assert.Equal("registerNight.lost", new ReportNight("b", TimeSpan.FromMinutes(10), 1, null).Decide(taken, at).Refusal!.Code);
        var reported = new ReportNight("a", TimeSpan.FromMinutes(10), 50, "7").Decide(taken, at).State!;
        var over = new EndNight("a", 60, "8", "It was down.").Decide(reported, at).State!;
        Assert.Equal("registerNight.over", new TakeNight("bizweb", day, "a", TimeSpan.FromMinutes(10)).Decide(over, at).Refusal!.Code);
        var next = new TakeNight("bizweb", day.AddDays(1), "b", TimeSpan.FromMinutes(10)).Decide(over, at).State!;
        Assert.Equal((0, "8", null), (next.Asked, next.Cursor, next.Problem));
    }

    private async Task<CompanyRef> AcmeAsync() => (await App.Services.GetRequiredService<IAccess>().CompanyAsync("acme", TestContext.Current.CancellationToken))!;

    private async Task<int> ReadAsync(string host, Func<bool>? isNight = null, CancellationToken? ct = null)
    {
        var company = await AcmeAsync();
        var register = (await App.Services.GetRequiredService<IPlugins>().InUseAsync(company, RegisterBook.Capability, TestContext.Current.CancellationToken)).Single(r => r.Id == "bizweb");
        var day = Nights.NightOf(new() { TimeZone = "Europe/Stockholm" }, App.Clock.GetUtcNow())!.Value;
        return await App.Services.GetRequiredService<NightReading>().ReadAsync(company, register, day, host, 100, isNight ?? (() => true), ct ?? TestContext.Current.CancellationToken);
    }
}
