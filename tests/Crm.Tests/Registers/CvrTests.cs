using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Registers;

/// <summary>The Danish register by Virk's distribution, as a package in the plugin host.</summary>
public sealed class CvrTests : IAsyncLifetime
{
    private readonly PluginBench _bench = new("cvr");
    private StandIn _register = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await StandIn.StartAsync(Cvr.Map);
        await _bench.ServeAsync(BuiltPlugins.Package("Cvr"));
    }

    public async ValueTask DisposeAsync()
    {
        await _register.DisposeAsync();
        _bench.Dispose();
    }

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R53")]
    public async Task A_name_that_has_only_begun_finds_companies_with_their_town_and_legal_form()
    {
        var hits = (await SearchAsync("nordh")).Value!;
        Assert.Equal(["Nordhavn Kaffe ApS", "Nordhavn Logistik A/S"], hits.Select(h => h.Name));
        Assert.Equal(new() { OrganisationNumber = "90000012", Name = "Nordhavn Kaffe ApS", City = "Nordhavn", LegalForm = "Anpartsselskab" }, hits[0]);
        Assert.Equal("Ærø Færgerne A/S", Assert.Single((await SearchAsync("færgerne ærø")).Value!).Name);
        Assert.Empty((await SearchAsync("findes ikke")).Value!);
        Assert.Equal(5, (await SearchAsync("a", limit: 5)).Value!.Length);
    }

    [Theory, Trait("Requirement", "R54"), InlineData("10150817"), InlineData("DK10150817"), InlineData("dk 10 15 08 17"), InlineData("10-15-08-17"), InlineData("CVR-nr. 10150817")]
    public async Task A_number_finds_its_company_in_any_spelling(string typed) => Assert.Equal("Erhvervsstyrelsen", Assert.Single((await SearchAsync(typed)).Value!).Name);

    [Fact]
    public async Task Ceased_companies_come_last_and_say_when_they_ended()
    {
        var hits = (await SearchAsync("a", limit: 50)).Value!;
        Assert.NotEmpty(hits);
        var hit = Assert.Single((await SearchAsync("Nyborg Stål")).Value!);
        Assert.Equal(new(2024, 6, 30), hit.CeasedOn);
        Assert.True(hits.Select(h => h.CeasedOn is not null).SequenceEqual(hits.Select(h => h.CeasedOn is not null).Order()));
        var company = (await GetAsync(hit.OrganisationNumber)).Value!;
        Assert.Equal((new DateOnly(2024, 6, 30), "OPLØST EFTER FRIVILLIG LIKVIDATION"), (company.CeasedOn!.Value, company.Trouble));
    }

    [Fact, Trait("Requirement", "R49")]
    public async Task A_company_comes_with_all_that_the_register_tells_and_nothing_of_what_it_does_not()
    {
        var logistics = (await GetAsync(await NumberOfAsync("Nordhavn Logistik"))).Value;
        Assert.Equal(new RegisterCompany
        {
            OrganisationNumber = "90000020", Name = "Nordhavn Logistik A/S", Country = "DK", LegalForm = "Aktieselskab",
            Visiting = new() { Street = "Kattegatvej 45B, 1. tv", PostCode = "2150", City = "Nordhavn", Country = "DK" },
            Postal = new() { Street = "Postboks 119", CareOf = "Regnskab", PostCode = "2150", City = "Nordhavn", Country = "DK" },
            Industry = new() { System = "DB25", Code = "522510", Text = "Speditører" }, Employees = 128, Phone = "70000002", Email = "post@nordhavn.example", Website = "www.nordhavn.example",
            NoMarketing = false, RegisteredOn = new(2009, 3, 2),
        }, logistics);
        var consultant = (await GetAsync(await NumberOfAsync("Fjordblik"))).Value!;
        Assert.Equal((null, null, null, null, null, true), (consultant.Employees, consultant.EmployeeRange, consultant.Phone, consultant.Website, consultant.Trouble, consultant.NoMarketing));
        Assert.Null(consultant.IsVatRegistered);
        Assert.Null((await GetAsync("99999999")).Value);
        Assert.Null((await GetAsync("not a number")).Value);
    }

    [Fact]
    public async Task Ranges_older_industries_lost_zeros_and_troubles_are_told_as_they_are()
    {
        var software = (await GetAsync(await NumberOfAsync("Kløver Software"))).Value!;
        Assert.Equal((null, "20-49"), (software.Employees, software.EmployeeRange));
        var lamb = (await GetAsync(await NumberOfAsync("Vadehavets Lam"))).Value!;
        Assert.Equal(("DB07", "014500"), (lamb.Industry!.System, lamb.Industry.Code));
        Assert.Equal("0800", (await GetAsync(await NumberOfAsync("Taastrup Datacenter"))).Value!.Visiting!.PostCode);
        Assert.Equal("UNDER KONKURS", (await GetAsync(await NumberOfAsync("Kronborg Vinduer"))).Value!.Trouble);
        Assert.Equal(0, (await GetAsync(await NumberOfAsync("Midtby Ejendomme"))).Value!.Employees);
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Production_units_come_with_their_numbers_over_several_pages_without_those_that_have_closed()
    {
        var branches = (await BranchesAsync(await NumberOfAsync("Jyllands Facility"))).Value!;
        Assert.Equal(234, branches.Length);
        Assert.Equal(234, branches.Select(b => b.Number).Distinct().Count());
        Assert.Equal(new RegisterBranch
        {
            Number = "1000010001", Name = "Jyllands Facility Service A/S, afdeling 2", Address = new() { Street = "Birk Centerpark 40", PostCode = "7400", City = "Herning", Country = "DK" },
            Industry = new() { System = "DB25", Code = "812100", Text = "Almindelig rengøring af bygninger" }, Employees = 2, Phone = "70010001",
        }, branches[1]);
        Assert.Equal(3, _register.Requests.Count(r => r.Contains("produktionsenhed", StringComparison.Ordinal)));
        Assert.Empty((await BranchesAsync(await NumberOfAsync("Stevns Kridt"))).Value!);
    }

    [Fact]
    public async Task Changes_are_read_page_by_page_from_a_place_to_the_end()
    {
        var from = (await ChangesAsync(null)).Value!;
        Assert.Equal((0, false), (from.OrganisationNumbers.Length, from.HasMore));
        Assert.Empty((await ChangesAsync(from.Cursor)).Value!.OrganisationNumbers);
        var (numbers, pages, page) = (new List<string>(), 0, new RegisterChanges { OrganisationNumbers = [], Cursor = "2026-11-01T00:00:00.000Z", HasMore = true });
        for (; page.HasMore; pages++) numbers.AddRange((page = (await ChangesAsync(page.Cursor)).Value!).OrganisationNumbers);
        Assert.Equal((38, 4), (numbers.Count, pages));
        Assert.Equal(38, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.Equal(8, number.Length));
        Assert.EndsWith("Z", page.Cursor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_and_half_ones_are_told_apart()
    {
        Assert.Equal(PluginErrorKind.Unauthorized, (await SearchAsync("nord", settings: Settings(password: "wrong"))).Failure!.Kind);
        Assert.Equal(PluginErrorKind.NotConfigured, (await SearchAsync("nord", settings: $$"""{ "virkUser": "crm", "virkAddress": "{{_register.Address}}" }""")).Failure!.Kind);
        Assert.Equal(PluginErrorKind.NotConfigured, (await SearchAsync("nord", settings: """{ "virkUser": "crm", "virkPassword": "virk" }""")).Failure!.Kind);
        Assert.True((await _bench.CallAsync<IPlugin, PluginHealth>(Connection(), (plugin, call, ct) => plugin.TestConnectionAsync(call, ct))).Value!.IsHealthy);
        Assert.NotNull((await _bench.CallAsync<IPlugin, PluginHealth>(Connection(Settings(password: "wrong")), (plugin, call, ct) => plugin.TestConnectionAsync(call, ct))).Failure);
    }

    [Fact]
    public async Task A_search_is_tried_again_when_the_register_stumbles_though_it_is_a_post()
    {
        _register.Next(Answer(503));
        _register.Next(Answer(500));
        Assert.NotEmpty((await SearchAsync("nordh")).Value!);
        Assert.Equal(3, _register.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_the_register_asks_for_is_passed_on()
    {
        _register.Next(context => { context.Response.Headers.RetryAfter = "120"; return Answer(429)(context); });
        var failure = (await SearchAsync("nordh")).Failure!;
        Assert.Equal(PluginErrorKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(120));
    }

    [Theory, InlineData("""{ "hits": """, "application/json"), InlineData("<html>Vi er straks tilbage</html>", "text/html"), InlineData("null", "application/json"), InlineData("""{ "hits": { "total": "many", "hits": [ 1 ] } }""", "application/json")]
    [InlineData("""{ "timed_out": true, "hits": { "total": 0, "hits": [] } }""", "application/json"), InlineData("""{ "_shards": { "failed": 2 }, "hits": { "total": 0, "hits": [] } }""", "application/json"), InlineData("{}", "application/json")]
    public async Task Nonsense_and_half_answers_are_no_answer(string body, string type)
    {
        _register.Next(Answer(200, body, type));
        Assert.Equal(PluginErrorKind.Unavailable, (await SearchAsync("nordh")).Failure!.Kind);
    }

    [Fact]
    public async Task Numbers_as_texts_and_missing_members_are_read_all_the_same()
    {
        _register.Next(Answer(200, """
            { "hits": { "total": { "value": 1 }, "hits": [ { "_source": { "Vrvirksomhed": { "cvrNummer": "12345678", "navne": [ { "navn": "Kun Navn ApS", "periode": { "gyldigFra": "2020-01-01", "gyldigTil": null } } ],
              "beliggenhedsadresse": [ { "landekode": "SE", "fritekst": "Storgatan 1, 211 11 Malmö", "postnummer": null } ], "virksomhedMetadata": { "nyesteMaanedsbeskaeftigelse": { "antalAnsatte": "12" } } } } } ] } }
            """));
        Assert.Equal(new RegisterCompany { OrganisationNumber = "12345678", Name = "Kun Navn ApS", Country = "DK", Employees = 12, Visiting = new() { Street = "Storgatan 1, 211 11 Malmö", Country = "SE" } }, (await GetAsync("12345678")).Value);
    }

    [Fact, Trait("Requirement", "R48")]
    public async Task A_person_who_types_on_ends_the_request()
    {
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        _register.Next(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            arrived.TrySetResult();
            await ended.Task;
        });
        using var typedOn = new CancellationTokenSource();
        var searching = _bench.CallAsync<ICompanyRegister, RegisterHit[]>(Connection(), (register, call, _) => register.SearchAsync(call, new() { Text = "nord", Country = "DK" }, typedOn.Token));
        await arrived.Task;
        await typedOn.CancelAsync();
        Assert.NotNull((await searching).Failure);
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(_register.Requests);
    }

    [Fact]
    public async Task It_leaves_memory_after_use()
    {
        _ = await SearchAsync("nord");
        _ = await GetAsync("10150817");
        _ = await BranchesAsync("90000012");
        _ = await SearchAsync("nord", settings: Settings(password: "wrong"));
        await _bench.Engine.ApplyAsync("cvr", WantedVersions.None, TestContext.Current.CancellationToken);
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    private Task<PluginAnswer<RegisterHit[]>> SearchAsync(string text, int limit = 20, string? settings = null) =>
        _bench.CallAsync<ICompanyRegister, RegisterHit[]>(Connection(settings), (register, call, ct) => register.SearchAsync(call, new() { Text = text, Country = "DK", Limit = limit }, ct));

    private async Task<string> NumberOfAsync(string name) => (await SearchAsync(name)).Value![0].OrganisationNumber;
    private Task<PluginAnswer<RegisterCompany?>> GetAsync(string number) => _bench.CallAsync<ICompanyRegister, RegisterCompany?>(Connection(), (register, call, ct) => register.GetAsync(call, "DK", number, ct));
    private Task<PluginAnswer<RegisterBranch[]>> BranchesAsync(string number) => _bench.CallAsync<ICompanyRegister, RegisterBranch[]>(Connection(), (register, call, ct) => register.BranchesAsync(call, "DK", number, ct));
    private Task<PluginAnswer<RegisterChanges>> ChangesAsync(string? cursor) => _bench.CallAsync<ICompanyRegister, RegisterChanges>(Connection(Settings(page: 10)), (register, call, ct) => register.ChangesSinceAsync(call, cursor, ct));

    private PluginConnection Connection(string? settings = null) => PluginBench.Connection(1, settings ?? Settings(), "127.0.0.1");
    private string Settings(string password = Cvr.Password, int page = 100) => $$"""{ "virkUser": "{{Cvr.User}}", "virkPassword": "{{password}}", "virkAddress": "{{_register.Address}}cvr-permanent", "pageSize": {{page}} }""";

    private static RequestDelegate Answer(int status, string body = "{}", string type = "application/json") => context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body);
    };
}
