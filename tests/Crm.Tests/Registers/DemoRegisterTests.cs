using System.Text.Json;
using Crm.Contracts;
using Crm.StandIns;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Registers;

/// <summary>The demo's registers are the real plugins over stand-ins, set up by the stand-ins' own file, so that everything can be tried on a laptop.</summary>
public sealed class DemoRegisterTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-demo-").FullName;
    private readonly List<StandIn> _standIns = [];
    private CrmApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = await File.ReadAllTextAsync(Path.Combine(Architecture.Source.Root, "tests/StandIns/demo.json"), TestContext.Current.CancellationToken);
        foreach (var (port, map) in Everything.Known)
        {
            var standIn = await StandIn.StartAsync(map);
            _standIns.Add(standIn);
            settings = settings.Replace($"http://127.0.0.1:{port}/", $"{standIn.Address}", StringComparison.Ordinal);
        }
        Assert.DoesNotContain("127.0.0.1:56", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "demo.json"), settings, TestContext.Current.CancellationToken);
        foreach (var plugin in new[] { "Bisnode", "Bizweb", "Cvr", "Ytj" }) await File.WriteAllBytesAsync(Path.Combine(_folder, $"{plugin}.plugin.zip"), Plugins.BuiltPlugins.Package(plugin).Zip, TestContext.Current.CancellationToken);
        _app = CrmApp.With(new Dictionary<string, string>
        {
            ["Demo"] = "true", ["Demo:Integrations"] = Path.Combine(_folder, "demo.json"), ["Plugins:Watch:Built"] = _folder, ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var standIn in _standIns) await standIn.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact, Trait("Requirement", "R53")]
    public async Task Every_demo_company_finds_companies_of_its_country_and_Finnish_ones()
    {
        foreach (var (slug, country, text, name) in new[]
        {
            ("nordlys", "NO", "nordlys", "NORDLYS KAFFE AS"), ("nordlys", "FI", "nokia", "Nokia Oyj"), ("svea", "SE", "norrskenet", "Norrskenet Bygg AB"), ("svea", "FI", "pohjolan", "Pohjolan Kahvipaahtimo Oy"),
            ("dania", "DK", "nordhavn", "Nordhavn Kaffe ApS"),
        })
        {
            var found = await (await AdminAsync(slug)).ReadAsync($"/api/v1/{slug}/registers/lookup?country={country}&q={text}");
            Assert.All(found.Body.GetProperty("asked").EnumerateArray(), asked => Assert.Equal(JsonValueKind.Null, asked.GetProperty("problem").ValueKind));
            Assert.Contains(name, found.Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
        }
    }

    [Fact]
    public async Task Every_demo_company_has_something_that_its_registers_say_otherwise()
    {
        foreach (var (slug, names) in new[] { ("nordlys", "Nordfjord Energi ASA, Fjordblikk Hotell AS, Nordnes Båtbyggeri AS"), ("svea", "Pohjola Koneet Oy, Pohjolan Kahvipaahtimo Oy, Turun Talonrakennus Oy"), ("dania", "Nordhavn Kaffe, Nordhavn Logistik A/S, Kronborg Vinduer ApS") })
        {
            var items = (await (await AdminAsync(slug)).ReadAsync($"/api/v1/{slug}/registers/differences")).Body.GetProperty("items").EnumerateArray().ToArray();
            Assert.Equal(names, string.Join(", ", items.Select(i => i.GetProperty("name").GetString())));
            Assert.Equal("/trouble", items[^1].GetProperty("alarms")[0].GetProperty("field").GetString());
            Assert.Contains("/addresses/visiting", items.Take(2).SelectMany(i => i.GetProperty("differences").EnumerateArray()).Select(d => d.GetProperty("field").GetString()));
        }
    }

    [Fact]
    public async Task A_register_that_a_company_has_switched_off_stays_off_at_the_next_start()
    {
        var admin = await AdminAsync("nordlys");
        await admin.CallAsync(HttpMethod.Patch, "/api/v1/nordlys/integrations/bizweb", new { enabled = false });
        var ct = TestContext.Current.CancellationToken;
        var companies = await _app.Services.GetRequiredService<IDemoCompanies>().MakeAsync(ct);
        foreach (var data in _app.Services.GetServices<IDemoData>().Where(d => d.IsRepeated)) await data.FillAsync(companies[0], ct);
        Assert.False((await admin.ReadAsync("/api/v1/nordlys/integrations/bizweb")).Body.GetProperty("enabled").GetBoolean());
        Assert.True((await admin.ReadAsync("/api/v1/nordlys/integrations/ytj")).Body.GetProperty("enabled").GetBoolean());
    }

    private Task<HttpClient> AdminAsync(string slug) => _app.SignInAsync($"admin@{slug}.example", "demo-password-1");
}
