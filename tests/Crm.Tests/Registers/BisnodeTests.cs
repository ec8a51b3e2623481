using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Registers;

/// <summary>D&amp;B's Nordic directory, as a package in the plugin host.</summary>
public sealed class BisnodeTests : IAsyncLifetime
{
    private readonly PluginBench _bench = new("bisnode");
    private StandIn _directory = null!;

    public async ValueTask InitializeAsync()
    {
        _directory = await StandIn.StartAsync(Bisnode.Map);
        await _bench.ServeAsync(BuiltPlugins.Package("Bisnode"));
    }

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        _bench.Dispose();
    }

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R49")]
    public async Task A_part_of_a_name_finds_the_active_companies_of_the_country()
    {
        var hits = (await SearchAsync("SE", "norr")).Value!;
        Assert.Equal(["Norrskenet Bygg AB", "Norrland Frakt AB"], hits.Select(h => h.Name));
        Assert.Equal(new() { OrganisationNumber = "5599000014", Name = "Norrskenet Bygg AB", City = "Luleå", LegalForm = "Limited company" }, hits[0]);
        Assert.Equal(["Nordfjord Laks AS"], (await SearchAsync("NO", "nord")).Value!.Select(h => h.Name));
        Assert.Empty((await SearchAsync("SE", "Siljans")).Value!);
        Assert.Empty((await SearchAsync("FI", "ei löydy")).Value!);
        Assert.Equal(3, (await SearchAsync("SE", "a", 3)).Value!.Length);
    }

    [Theory, Trait("Requirement", "R54")]
    [InlineData("SE", "556039-1954", "5560391954"), InlineData("SE", "SE556039195401", "5560391954"), InlineData("SE", "165560391954", "5560391954"), InlineData("SE", "5599000089", "5599000089"), InlineData("NO", "NO 999 999 018 MVA", "999999018")]
    [InlineData("NO", "999999018", "999999018"), InlineData("DK", "dk 23 45 67 89", "23456789"), InlineData("FI", "1111111-1", "1111111-1"), InlineData("FI", "FI11111111", "1111111-1")]
    public async Task A_number_finds_its_company_in_any_spelling(string country, string typed, string stored) => Assert.Equal(stored, Assert.Single((await SearchAsync(country, typed)).Value!).OrganisationNumber);

    [Fact, Trait("Requirement", "R54")]
    public async Task A_company_that_is_over_is_found_by_its_number_and_does_not_look_alive()
    {
        Assert.Equal("INACTIVE", Assert.Single((await SearchAsync("SE", "5599000089")).Value!).Trouble);
        Assert.Null(Assert.Single((await SearchAsync("SE", "5560391954")).Value!).Trouble);
    }

    [Fact, Trait("Requirement", "R49")]
    public async Task A_company_comes_with_all_that_its_country_tells()
    {
        Assert.Equal(new RegisterCompany
        {
            OrganisationNumber = "5560391954", Name = "Testföretag Sandlådan AB", Country = "SE", VatNumber = "SE556039195401", IsVatRegistered = true, LegalForm = "Aktiebolag",
            Visiting = new() { Street = "Storgatan 1", PostCode = "11122", City = "Stockholm", Country = "SE" }, Postal = new() { Street = "Box 119", PostCode = "11122", City = "Stockholm", Country = "SE" },
            Industry = new() { System = "SNI2007", Code = "62010", Text = "Dataprogrammering" }, Employees = 25, Phone = "08-46501954", Email = "info@testfretag.example", Website = "www.testfretag.example", RegisteredOn = new(2009, 3, 2),
        }, (await GetAsync("SE", "5560391954")).Value);
        var danish = (await GetAsync("DK", "90000012")).Value!;
        Assert.Equal(("Anpartsselskab", null, null, "NACE"), (danish.LegalForm, danish.IsVatRegistered, danish.RegisteredOn, danish.Industry!.System));
        Assert.Null(danish.Postal);
        var finnish = (await GetAsync("FI", "1111111-1")).Value!;
        Assert.Equal(("1111111-1", null, "50-99", true, new DateOnly(2009, 4, 1)), (finnish.OrganisationNumber, finnish.Employees, finnish.EmployeeRange, finnish.IsVatRegistered!.Value, finnish.RegisteredOn!.Value));
        var norwegian = (await GetAsync("NO", "999999042")).Value!;
        Assert.Equal((false, null, 22), (norwegian.IsVatRegistered!.Value, norwegian.VatNumber, norwegian.Employees!.Value));
        Assert.Null((await GetAsync("NO", "999999069")).Value!.Employees);
    }

    [Fact]
    public async Task What_is_over_unknown_or_not_to_be_told_is_said_as_such()
    {
        Assert.Equal(new(2024, 6, 30), (await GetAsync("SE", "5599000089")).Value!.CeasedOn);
        var withoutDay = (await GetAsync("NO", "999999077")).Value!;
        Assert.Equal((null, "INACTIVE"), (withoutDay.CeasedOn, withoutDay.Trouble));
        Assert.Null((await GetAsync("SE", "5599999999")).Value);
        Assert.Null((await GetAsync("SE", "12")).Value);
        var secret = (await GetAsync("SE", "5599000113")).Failure!;
        Assert.Equal(PluginErrorKind.Forbidden, secret.Kind);
        Assert.Contains("legal reasons", secret.Detail, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Branches_come_with_the_company_and_are_not_paid_for_twice()
    {
        _ = await GetAsync("SE", "5599000014");
        var swedish = (await BranchesAsync("SE", "5599000014")).Value!;
        Assert.Equal(new RegisterBranch { Number = "55990001", Name = "Norrskenet Bygg AB 1", Address = new() { Street = "Verkstadsgatan 14", PostCode = "97232", City = "Luleå", Country = "SE" }, IsMain = true }, swedish[0]);
        Assert.Equal(3, swedish.Length);
        Assert.Equal(1, Paid());
        // Once only, and for nobody else.
        Assert.Equal(3, (await BranchesAsync("SE", "5599000014")).Value!.Length);
        Assert.Equal(2, Paid());
        var norwegian = (await BranchesAsync("NO", "999999018")).Value!;
        Assert.Equal((4, "974000001", 2, "Nordfjordeid"), (norwegian.Length, norwegian[0].Number, norwegian[0].Employees!.Value, norwegian[0].Address!.City));
        Assert.Empty((await BranchesAsync("FI", "1111111-1")).Value!);
        Assert.Equal(3, Paid());
    }

    [Fact]
    public async Task Only_the_segment_that_is_needed_is_bought_and_the_reference_goes_with_it()
    {
        var bought = "";
        _directory.Next(Answer(200, """{ "access_token": "t", "expires_in": "3600" }"""));
        _directory.Next(async context =>
        {
            bought = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await Answer(404)(context);
        });
        Assert.Null((await GetAsync("DK", "90000012", Settings(reference: "Säljavdelningen"))).Value);
        Assert.Equal("""{"registrationNumber":"90000012","language":"DA","reference":"S\u00E4ljavdelningen","segments":["COMPANY_INFORMATION"]}""", bought);
    }

    [Fact]
    public async Task A_token_serves_many_calls_of_one_company_and_of_no_other()
    {
        for (var i = 0; i < 3; i++) _ = await SearchAsync("SE", "norr");
        Assert.Equal(1, Tokens());
        _ = await _bench.CallAsync<ICompanyRegister, RegisterHit[]>(PluginBench.Connection(2, Settings(), "127.0.0.1"), (register, call, ct) => register.SearchAsync(call, new() { Text = "norr", Country = "SE" }, ct));
        Assert.Equal(2, Tokens());
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_once_and_no_more()
    {
        _ = await SearchAsync("SE", "norr");
        _directory.Next(Answer(401));
        Assert.NotEmpty((await SearchAsync("SE", "norr")).Value!);
        Assert.Equal(2, Tokens());
        // Both tries are refused: the one with the token at hand and the one with a new token.
        _directory.Next(Answer(401));
        _directory.Next(Answer(200, """{ "access_token": "t", "expires_in": 3600 }"""));
        _directory.Next(Answer(401));
        Assert.Equal(PluginErrorKind.Unauthorized, (await SearchAsync("SE", "norr")).Failure!.Kind);
        Assert.Equal(3, Tokens());
    }

    [Fact]
    public async Task A_token_with_a_short_life_is_not_used_again()
    {
        _directory.Next(Answer(200, """{ "access_token": "t", "expires_in": 30 }"""));
        _directory.Next(Answer(200, """{ "companies": [] }"""));
        Assert.Empty((await SearchAsync("SE", "norr")).Value!);
        Assert.NotEmpty((await SearchAsync("SE", "norr")).Value!);
        Assert.Equal(2, Tokens());
    }

    [Fact]
    public async Task Wrong_credentials_are_told_and_changed_ones_are_tried_at_once()
    {
        Assert.True((await TestAsync(Settings())).Value!.IsHealthy);
        Assert.Equal(PluginErrorKind.Unauthorized, (await TestAsync(Settings(secret: "wrong"))).Failure!.Kind);
        Assert.Equal(PluginErrorKind.Unauthorized, (await SearchAsync("SE", "norr", settings: Settings(secret: "wrong"))).Failure!.Kind);
        Assert.Equal(PluginErrorKind.NotConfigured, (await SearchAsync("SE", "norr", settings: $$"""{ "address": "{{_directory.Address}}", "tokenAddress": "{{_directory.Address}}", "scope": "x" }""")).Failure!.Kind);
    }

    [Fact]
    public async Task A_search_is_tried_again_when_the_directory_stumbles_and_a_purchase_is_not()
    {
        _ = await SearchAsync("SE", "norr");
        _directory.Next(Answer(503));
        Assert.NotEmpty((await SearchAsync("SE", "norr")).Value!);
        _directory.Next(Answer(503));
        Assert.Equal(PluginErrorKind.Unavailable, (await GetAsync("SE", "5599000014")).Failure!.Kind);
        Assert.Equal(1, Paid());
    }

    [Fact]
    public async Task A_wait_that_is_asked_for_is_passed_on()
    {
        _ = await SearchAsync("SE", "norr");
        _directory.Next(context => { context.Response.Headers.RetryAfter = "90"; return Answer(429)(context); });
        var failure = (await GetAsync("SE", "5599000014")).Failure!;
        Assert.Equal((PluginErrorKind.RateLimited, TimeSpan.FromSeconds(90)), (failure.Kind, failure.RetryAfter!.Value));
    }

    [Theory]
    [InlineData(400, """{ "status": 400, "subErrors": [ { "field": "registrationNumber", "rejectedValue": "195001011234" } ] }""", PluginErrorKind.Invalid, "registrationNumber"), InlineData(400, "oh", PluginErrorKind.Invalid, "question")]
    [InlineData(403, "{}", PluginErrorKind.Forbidden, "403"), InlineData(200, """{ "companyInformation": """, PluginErrorKind.Unavailable, "cannot be read"), InlineData(200, "<html></html>", PluginErrorKind.Unavailable, "cannot be read"), InlineData(502, "", PluginErrorKind.Unavailable, "502")]
    public async Task Errors_are_told_without_anybodys_number(int status, string body, PluginErrorKind kind, string word)
    {
        _ = await SearchAsync("SE", "norr");
        _directory.Next(Answer(status, body));
        var failure = (await GetAsync("SE", "5599000014")).Failure!;
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(word, failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("195001011234", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_as_texts_and_missing_members_are_read_all_the_same()
    {
        _ = await SearchAsync("SE", "norr");
        _directory.Next(Answer(200, """{ "companyInformation": { "companyName": { "registeredName": { "name": "Bara Namn AB" } }, "generalCompanyData": { "employeeCount": "7" }, "identifiers": { "registrationNumber": 5599000014 }, "legalForm": { "code": "PARTNERSHIP" }, "registrationInformation": { "foundationDate": { "year": "1998", "month": "2", "day": "31" } } } }"""));
        Assert.Equal(new RegisterCompany { OrganisationNumber = "5599000014", Name = "Bara Namn AB", Country = "SE", Employees = 7, LegalForm = "Partnership" }, (await GetAsync("SE", "5599000014")).Value);
    }

    [Fact]
    public async Task A_person_who_types_on_ends_the_request()
    {
        _ = await SearchAsync("SE", "norr");
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        _directory.Next(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            arrived.TrySetResult();
            await ended.Task;
        });
        using var typedOn = new CancellationTokenSource();
        var searching = _bench.CallAsync<ICompanyRegister, RegisterHit[]>(Connection(), (register, call, _) => register.SearchAsync(call, new() { Text = "norr", Country = "SE" }, typedOn.Token));
        await arrived.Task;
        await typedOn.CancelAsync();
        Assert.NotNull((await searching).Failure);
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_has_changed_is_not_told_there() =>
        Assert.Equal(PluginErrorKind.Unsupported, (await _bench.CallAsync<ICompanyRegister, RegisterChanges>(Connection(), (register, call, ct) => register.ChangesSinceAsync(call, null, ct))).Failure!.Kind);

    [Fact]
    public async Task It_leaves_memory_after_use()
    {
        _ = await SearchAsync("SE", "norr");
        _ = await GetAsync("SE", "5599000014");
        _ = await GetAsync("SE", "5599000113");
        await _bench.Engine.ApplyAsync("bisnode", WantedVersions.None, TestContext.Current.CancellationToken);
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    private Task<PluginAnswer<RegisterHit[]>> SearchAsync(string country, string text, int limit = 20, string? settings = null) =>
        _bench.CallAsync<ICompanyRegister, RegisterHit[]>(Connection(settings), (register, call, ct) => register.SearchAsync(call, new() { Text = text, Country = country, Limit = limit }, ct));

    private Task<PluginAnswer<RegisterCompany?>> GetAsync(string country, string number, string? settings = null) => _bench.CallAsync<ICompanyRegister, RegisterCompany?>(Connection(settings), (register, call, ct) => register.GetAsync(call, country, number, ct));
    private Task<PluginAnswer<RegisterBranch[]>> BranchesAsync(string country, string number) => _bench.CallAsync<ICompanyRegister, RegisterBranch[]>(Connection(), (register, call, ct) => register.BranchesAsync(call, country, number, ct));
    private Task<PluginAnswer<PluginHealth>> TestAsync(string settings) => _bench.CallAsync<IPlugin, PluginHealth>(Connection(settings), (plugin, call, ct) => plugin.TestConnectionAsync(call, ct));

    private int Tokens() => _directory.Requests.Count(r => r.Contains("token.oauth2", StringComparison.Ordinal));
    private int Paid() => _directory.Requests.Count(r => r.Contains("/companies/", StringComparison.Ordinal));

    private PluginConnection Connection(string? settings = null) => PluginBench.Connection(1, settings ?? Settings(), "127.0.0.1");
    private string Settings(string secret = Bisnode.ClientSecret, string reference = "") =>
        $$"""{ "clientId": "{{Bisnode.ClientId}}", "clientSecret": "{{secret}}", "scope": "{{Bisnode.Scope}}", "reference": "{{reference}}", "address": "{{_directory.Address}}credit-data-companies/v2", "tokenAddress": "{{_directory.Address}}as/token.oauth2" }""";

    private static RequestDelegate Answer(int status, string body = "{}") => context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body);
    };
}
