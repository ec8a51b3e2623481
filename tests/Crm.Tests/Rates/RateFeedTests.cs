using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Rates;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Rates;

/// <summary>A source's rates are kept day by day; the company reckons with the last ones, unless somebody has set others.</summary>
public sealed class RateFeedTests : Accounting.LedgerTests
{
    [Fact, Trait("Requirement", "R40")]
    public async Task The_last_days_rates_are_the_companys_in_its_own_currency_and_every_day_is_kept()
    {
        await StartAsync();
        Ledger.Rates.AddRange([Day(-4, ("SEK", 11), ("USD", 1.1m)), Day(-1, ("SEK", 11.5m), ("USD", 1.15m), ("XXX", 1), ("NOK", 0))]);
        Assert.Equal(FeedState.Told, await FetchAsync());
        var daily = await DailyAsync();
        Assert.Equal(("ledger", Today.AddDays(-1)), (daily.GetProperty("source").GetString(), DateOnly.Parse(daily.GetProperty("day").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([("EUR", 11.5m), ("USD", 10m)], daily.GetProperty("rates").EnumerateObject().Select(r => (r.Name, r.Value.GetDecimal())).Order());
        var kept = (await Company.GetAsync("rates")).Body.GetProperty("items");
        Assert.Equal(["11.5", "11"], kept.EnumerateArray().Select(d => d.GetProperty("rates").GetProperty("SEK").GetRawText()));
        // Only what is missing is asked for, and the same day is not kept twice.
        await FetchAsync();
        Assert.Equal(Today, Ledger.RatesFrom);
        Assert.Equal(2, (await Company.GetAsync("rates")).Body.GetProperty("count").GetInt32());
        Assert.Equal(1, (await Company.GetAsync($"rates?day.gte={Today.AddDays(-2):yyyy-MM-dd}")).Body.GetProperty("count").GetInt32());
    }

    [Fact, Trait("Requirement", "R40")]
    public async Task A_rate_that_somebody_has_set_comes_first_and_a_new_currency_of_the_company_asks_anew()
    {
        await StartAsync();
        Ledger.Rates.Add(Day(-1, ("SEK", 11.5m), ("USD", 1.15m)));
        await FetchAsync();
        await Company.PatchAsync("company", """{"rates":{"EUR":12}}""");
        var profile = (await SettingsAsync()).Get<CompanyProfile>();
        Assert.Equal((12, 10), (profile.Rate("EUR", "SEK"), profile.Rate("USD", "SEK")));
        Assert.Equal((Today.AddDays(-1), Today, null), (profile.RateDay("USD", "SEK"), profile.RateDay("EUR", "SEK"), profile.RateDay("SEK", "SEK")));
        await Company.PatchAsync("company", """{"rates":null,"baseCurrency":"USD"}""");
        Assert.Equal(JsonValueKind.Null, (await Company.GetAsync("company")).Body.GetProperty("daily").ValueKind);
        await FetchAsync();
        Assert.Equal(0.1m, (await SettingsAsync()).Get<CompanyProfile>().Rate("SEK", "USD"));
    }

    [Fact, Trait("Requirement", "R29"), Trait("Requirement", "R41")]
    public async Task A_balance_in_several_currencies_is_told_from_the_next_reading_on_and_a_decision_keeps_its_rate_and_the_rates_day()
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        await Company.PatchAsync($"partners/{partner}", """{"creditLimit":{"amount":100,"currency":"SEK"}}""");
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Balances.AddRange([Owes("1", 100), Owes("1", 10, "EUR")]);
        await RunAsync();
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("balance").ValueKind);
        Ledger.Rates.Add(Day(-1, ("SEK", 11.5m)));
        await FetchAsync();
        await RunAsync();
        Assert.Equal(215, await OwesAsync(partner));
        Ledger.Rates.Add(Day(0, ("SEK", 12)));
        await FetchAsync();
        await RunAsync();
        Assert.Equal(220, await OwesAsync(partner));

        Ledger.Balances.RemoveAt(0);
        await RunAsync(whole: true);
        await Company.PostAsync("orders", new { partner });
        Ledger.Rates.Add(Day(1, ("SEK", 20)));
        App.Clock.Advance(TimeSpan.FromDays(1));
        await FetchAsync();
        var decision = (await Company.GetAsync("orders/1001")).Body.GetProperty("creditDecisions")[0];
        Assert.Equal((12m, Today.AddDays(-1), 120m), (decision.GetProperty("rate").GetDecimal(), DateOnly.Parse(decision.GetProperty("rateDay").GetString()!, System.Globalization.CultureInfo.InvariantCulture), decision.GetProperty("exposure").GetDecimal()));
    }

    [Fact]
    public async Task A_source_that_is_away_changes_nothing()
    {
        await StartAsync();
        Ledger.Rates.Add(Day(-1, ("SEK", 11.5m)));
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.Unavailable, "Away."));
        Assert.Equal(FeedState.Away, await FetchAsync());
        Assert.Equal(JsonValueKind.Null, (await Company.GetAsync("company")).Body.GetProperty("daily").ValueKind);
        // A table that does not know the company's currency is kept, and nothing is reckoned by it.
        Ledger.Rates[0] = Day(-1, ("USD", 1.1m));
        Assert.Equal(FeedState.Told, await FetchAsync());
        Assert.Equal((1, JsonValueKind.Null), ((await Company.GetAsync("rates")).Body.GetProperty("count").GetInt32(), (await Company.GetAsync("company")).Body.GetProperty("daily").ValueKind));
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(App.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm")).DateTime);

    private DayRates Day(int ahead, params (string Currency, decimal Units)[] rates) => new() { Day = Today.AddDays(ahead), Base = "EUR", Rates = [.. rates.Select(r => new CurrencyRate { Currency = r.Currency, Units = r.Units })] };

    private async Task<FeedState> FetchAsync() => await App.Services.GetRequiredService<RateFeed>().FetchAsync(await RefAsync(), TestContext.Current.CancellationToken);

    private async Task<JsonElement> DailyAsync() => (await Company.GetAsync("company")).Body.GetProperty("daily");

    private async Task<ISettings> SettingsAsync() => await App.Services.GetRequiredService<IActors>().SettingsAsync(await RefAsync(), TestContext.Current.CancellationToken);
}
