extern alias kit;

using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;
using kit::Crm.Plugins.Testing;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Rates;

/// <summary>The ECB's plugin, packed and loaded as in production, against its stand-in.</summary>
public sealed class EcbTests : IAsyncLifetime
{
    private readonly PluginBench _bench = new("ecb");
    private StandIn _standIn = null!;
    private PluginConnection _company = null!;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync(new Ecb().MapOn);
        await _bench.ServeAsync(BuiltPlugins.Package("Ecb"));
        _company = PluginBench.Connection(1, $$"""{ "address": "{{_standIn.Address}}stats/eurofxref" }""", "127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await _standIn.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task The_last_days_table_is_enough_for_one_day_and_the_long_one_is_read_for_more()
    {
        var last = Assert.Single(await GoodAsync(LastWorkingDay));
        Assert.Equal((LastWorkingDay, "EUR", Ecb.Units("SEK", LastWorkingDay)), (last.Day, last.Base, last.Rates.Single(r => r.Currency == "SEK").Units));
        Assert.Equal(["GET /stats/eurofxref/eurofxref-daily.xml"], _standIn.Requests);
        var days = await GoodAsync(Today.AddDays(-30));
        Assert.Equal(Enumerable.Range(0, 31).Select(i => Today.AddDays(i - 30)).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)), days.Select(d => d.Day));
        Assert.Empty(await GoodAsync(Today.AddDays(5)));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x><Cube time='2026-01-15'><Cube currency='USD' rate='1.1'/></Cube></x>")]
    [InlineData("<x><Cube time='2026-01-15'></Cube></x>")]
    [InlineData("<x><Cube time='15.1.2026'><Cube currency='USD' rate='1.1'/></Cube></x>")]
    [InlineData("<html>We are back soon.</html>")]
    [InlineData("<x><Cube")]
    [InlineData("")]
    public async Task What_is_no_table_of_rates_counts_as_the_bank_being_away(string body)
    {
        Answer(body);
        Assert.Equal(PluginErrorKind.Unavailable, (await AskAsync(LastWorkingDay)).Failure!.Kind);
    }

    [Fact]
    public async Task Rates_that_are_none_are_passed_over_and_names_may_have_any_namespace()
    {
        Answer("<?xml version='1.0'?><a:Envelope xmlns:a='urn:a' xmlns='urn:b'><Cube><Cube time='2099-01-15'><Cube currency='USD' rate='1.0921'/><Cube currency='RUB' rate='N/A'/><Cube currency='XX' rate='1'/><Cube currency='SEK' rate='-1'/><Other/></Cube></Cube></a:Envelope>");
        var day = Assert.Single(await GoodAsync(new(2099, 1, 15)));
        Assert.Equal((new DateOnly(2099, 1, 15), "USD", 1.0921m), (day.Day, Assert.Single(day.Rates).Currency, day.Rates[0].Units));
    }

    [Fact]
    public async Task It_keeps_the_contract()
    {
        using var upstream = new SocketsHttpHandler { AllowAutoRedirect = false };
        var report = await PluginConformance.RunAsync(new() { Path = BuiltPlugins.Folder("Ecb"), Upstream = upstream, Settings = JsonSerializer.Serialize(new { address = $"{_standIn.Address}stats/eurofxref" }) });
        report.ThrowIfFailed();
        Assert.Equal("unload", report.Findings[^1].Name);
    }

    private static DateOnly LastWorkingDay => Enumerable.Range(0, 3).Select(back => Today.AddDays(-back)).First(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private void Answer(string body) => _standIn.Next(context =>
    {
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(body);
    });

    private Task<PluginAnswer<DayRates[]>> AskAsync(DateOnly from) => _bench.CallAsync<IExchangeRates, DayRates[]>(_company, (rates, call, ct) => rates.RatesAsync(call, from, ct));

    private async Task<DayRates[]> GoodAsync(DateOnly from)
    {
        var answer = await AskAsync(from);
        Assert.Null(answer.Failure);
        return answer.Value!;
    }
}
