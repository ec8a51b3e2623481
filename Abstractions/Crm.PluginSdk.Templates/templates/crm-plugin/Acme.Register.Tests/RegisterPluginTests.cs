using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Plugins.Testing;

namespace Acme.Register.Tests;

public sealed class RegisterPluginTests
{
    private const string Nordvik = """{ "number": "999888777", "name": "Nordvik AS", "street": "Havnegata 1", "postCode": 5003, "city": "Bergen", "employees": 12 }""";
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "plugin");

    private readonly CannedUpstream _register = new CannedUpstream()
        .Json("GET /api/companies?name=zzzz*", """{ "items": [] }""")
        .Json("GET /api/companies?name=*", $$"""{ "items": [{{Nordvik}}, { "number": "999888769", "name": "Nordlys AS" }] }""")
        .Json("GET /api/companies/999888777", Nordvik);

    [Fact]
    public async Task A_company_comes_with_what_the_register_tells()
    {
        using var call = new FakePluginCall(_register, PluginManifest.Parse(File.ReadAllBytes(Path.Combine(Shipped, "plugin.json"))));
        var company = await new RegisterPlugin().GetAsync(call, "COUNTRY", "999888777", TestContext.Current.CancellationToken);
        Assert.Equal(new RegisterCompany
        {
            OrganisationNumber = "999888777", Name = "Nordvik AS", Country = "COUNTRY", Employees = 12,
            Visiting = new() { Street = "Havnegata 1", PostCode = "5003", City = "Bergen", Country = "COUNTRY" },
        }, company);
        Assert.Equal(["GET /api/companies/999888777"], _register.Requests);
    }

    [Fact]
    public async Task It_keeps_the_contract()
    {
        var report = await PluginConformance.RunAsync(new()
        {
            Path = Shipped, Upstream = _register, Settings = """{ "key": "a secret key" }""",
            Register = new() { Country = "COUNTRY", Text = "nord", Number = "999888777", UnknownText = "zzzz", UnknownNumber = "999888776" },
        });
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        report.ThrowIfFailed();
    }
}
