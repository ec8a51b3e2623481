using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Tests.Cases;

/// <summary>What depends on the day, at the edges of time zones; and what other modules tell of a case.</summary>
public sealed class CaseClockTests
{
    [Fact]
    [Trait("Requirement", "R98")]
    public async Task What_is_overdue_turns_at_the_midnight_of_the_company()
    {
        // 7 March 2026, 23:59:59 in Stockholm; still 22:59:59 in UTC and afternoon in New York.
        var clock = new FixedClock { Now = new(2026, 3, 7, 22, 59, 59, TimeSpan.Zero) };
        await using var app = CrmApp.With(services: services => services.AddSingleton<TimeProvider>(clock));
        var (stockholm, newYork) = (await app.NewCompanyAsync("stockholm"), await app.NewCompanyAsync("new-york"));
        Assert.Equal(HttpStatusCode.OK, (await newYork.PatchAsync("company", """{"timeZone":"America/New_York"}""")).Status);
        foreach (var company in new[] { stockholm, newYork })
        {
            await company.PartnerAsync("Volvo");
            foreach (var status in new[] { "new", "won", "lost" }) await company.CaseAsync(1001, $"\"status\":\"{status}\",\"followUp\":\"2026-03-07\",\"expectedClose\":\"2026-03-08\"");
            await company.PostAsync($"cases/{await company.CaseAsync(1001, "\"followUp\":\"2026-03-07\"")}/close");
            Assert.Equal(["False False", "False False", "False False", "False False"], await OverdueAsync(company));
        }
        clock.Now = clock.Now.AddSeconds(1);
        Assert.Equal(["True False", "False False", "False False", "False False"], await OverdueAsync(stockholm));
        Assert.Equal(["False False", "False False", "False False", "False False"], await OverdueAsync(newYork));
        Assert.Equal(["overdue 1", "today 0", "next7Days 0"], await BucketsAsync(stockholm, "byFollowUp"));
        Assert.Equal(["overdue 0", "today 1", "next7Days 0"], await BucketsAsync(stockholm, "byExpectedClose"));
        Assert.Equal(["overdue 0", "today 1", "next7Days 0"], await BucketsAsync(newYork, "byFollowUp"));
        Assert.Equal(["overdue 0", "today 0", "next7Days 1"], await BucketsAsync(newYork, "byExpectedClose"));
        Assert.True((await stockholm.ReadCaseAsync(1)).GetProperty("overdue").GetProperty("followUp").GetBoolean());
        Assert.True((await stockholm.PatchAsync("cases/1", """{"title":"Other"}""")).Body.GetProperty("overdue").GetProperty("followUp").GetBoolean());
        // The day of an instant is the company's, too.
        clock.Now = new(2026, 3, 7, 23, 30, 0, TimeSpan.Zero);
        await stockholm.CaseAsync(1001, title: "Late");
        Assert.Equal(("Late", "Late", ""), (await stockholm.TitlesAsync("cases?createdAt.gte=2026-03-08"), await stockholm.TitlesAsync("cases?createdAt.gt=2026-03-07"), await stockholm.TitlesAsync("cases?createdAt.gt=2026-03-08")));
        Assert.Equal(4, (await stockholm.GetAsync("cases?createdAt.lte=2026-03-07")).Body.GetProperty("count").GetInt32());
        Assert.Equal(4, (await stockholm.GetAsync("cases?createdAt.lt=2026-03-08")).Body.GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_day_begins_at_the_first_instant_that_there_is()
    {
        var company = new CompanyProfile { TimeZone = "Asia/Beirut" };
        // Lebanon's clocks go from 24:00 to 01:00 on 29 March 2026.
        Assert.Equal(new DateTimeOffset(2026, 3, 28, 22, 0, 0, TimeSpan.Zero), company.StartOf(new(2026, 3, 29)));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 23, 0, 0, TimeSpan.Zero), (company with { TimeZone = "Europe/Stockholm" }).StartOf(new(2026, 3, 8)));
    }

    [Fact]
    [Trait("Requirement", "R100")]
    [Trait("Requirement", "R107")]
    public async Task The_number_of_the_order_and_the_count_of_orders_come_from_the_orders()
    {
        var orders = new TwoOrders();
        await using var app = CrmApp.With(services: services => services.RemoveAll<IOrders>().AddSingleton<IOrders>(orders));
        var company = await app.NewCompanyAsync("acme");
        await company.PartnerAsync("Volvo");
        for (var i = 0; i < 2; i++) await company.CaseAsync(1001, "\"status\":\"won\"");
        Assert.Equal([null, null], await OrdersAsync(company));
        var id = (await app.Services.GetRequiredService<IAccess>().CompanyAsync("acme", TestContext.Current.CancellationToken))!;
        await app.Services.GetRequiredService<IActors>().SendAsync(Call.System(id), 2, new Convert(), TestContext.Current.CancellationToken);
        Assert.Equal([501, null], await OrdersAsync(company));
        Assert.Equal([2L], orders.Asked.Distinct());
        var c = await company.ReadCaseAsync(2);
        Assert.Equal((501, 1, 2), (c.GetProperty("order").GetInt32(), c.GetProperty("related").GetProperty("cases").GetInt32(), c.GetProperty("related").GetProperty("orders").GetInt32()));
    }

    [Fact]
    public async Task The_demo_has_four_hundred_cases_in_all_statuses_some_overdue()
    {
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Demo"] = "true" });
        var companies = await app.Services.GetRequiredService<IDemoCompanies>().MakeAsync(TestContext.Current.CancellationToken);
        var (count, open, closed) = (0, 0, 0);
        foreach (var company in companies)
        {
            var summary = (await app.With(company.Key).ReadAsync($"/api/v1/{company.Company.Slug}/cases/summary")).Body;
            count += summary.GetProperty("count").GetInt32();
            closed += (await app.With(company.Key).ReadAsync($"/api/v1/{company.Company.Slug}/cases?closed=true&status=lost")).Body.GetProperty("count").GetInt32();
            open += summary.GetProperty("byFollowUp")[0].GetProperty("count").GetInt32();
            Assert.All(summary.GetProperty("byStatus").EnumerateArray(), s => Assert.True(s.GetProperty("count").GetInt32() > 0, $"{company.Company.Slug} {s}"));
        }
        Assert.Equal(400, count);
        Assert.True(open > 0 && closed > 0, $"{open} {closed}");
    }

    private static async Task<string[]> OverdueAsync(TestCompany company) =>
        [.. (await company.GetAsync("cases?sort=number")).Body.GetProperty("items").EnumerateArray().Select(c => $"{c.GetProperty("overdue").GetProperty("followUp").GetBoolean()} {c.GetProperty("overdue").GetProperty("expectedClose").GetBoolean()}")];

    private static async Task<string[]> BucketsAsync(TestCompany company, string dates) =>
        [.. (await company.GetAsync("cases/summary")).Body.GetProperty(dates).EnumerateArray().Take(3).Select(b => $"{b.GetProperty("bucket").GetString()} {b.GetProperty("count").GetInt32()}")];

    private static async Task<int?[]> OrdersAsync(TestCompany company) =>
        [.. (await company.GetAsync("cases")).Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("order") is { ValueKind: JsonValueKind.Number } order ? order.GetInt32() : (int?)null)];

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Orders of a program that has some.</summary>
    private sealed class TwoOrders : IOrders
    {
        public System.Collections.Concurrent.ConcurrentQueue<long> Asked { get; } = new();

        public Task<IReadOnlyDictionary<long, long>> OfCasesAsync(CompanyRef company, IReadOnlyCollection<long> cases, CancellationToken ct)
        {
            foreach (var number in cases) Asked.Enqueue(number);
            return Task.FromResult<IReadOnlyDictionary<long, long>>(cases.Where(c => c == 2).ToDictionary(c => c, _ => 501L));
        }

        public Task<int> CountOfPartnerAsync(CompanyRef company, long partner, CancellationToken ct) => Task.FromResult(2);
    }
}
