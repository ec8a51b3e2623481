using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Registers;

/// <summary>The Danish register by cvrapi.dk, for companies without a user at Virk.</summary>
public sealed class CvrapiTests : IAsyncLifetime
{
    private const string Sender = "Acme ApS - CRM - Jens Hansen jens@acme.example";

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

    [Fact, Trait("Requirement", "R51"), Trait("Requirement", "R53")]
    public async Task A_name_or_a_number_finds_one_company_or_none()
    {
        Assert.Equal(new() { OrganisationNumber = "90000012", Name = "Nordhavn Kaffe ApS", City = "Nordhavn", LegalForm = "Anpartsselskab" }, Assert.Single((await SearchAsync("nordhavn")).Value!));
        Assert.Equal("Ærø Færgerne A/S", Assert.Single((await SearchAsync("ærø færg")).Value!).Name);
        Assert.Equal("Erhvervsstyrelsen", Assert.Single((await SearchAsync("DK 10 15 08 17")).Value!).Name);
        Assert.Empty((await SearchAsync("findes ikke")).Value!);
        Assert.Null((await GetAsync("99999999")).Value);
    }

    [Fact, Trait("Requirement", "R51")]
    public async Task A_company_comes_with_all_that_is_told()
    {
        Assert.Equal(new RegisterCompany
        {
            OrganisationNumber = "90000012", Name = "Nordhavn Kaffe ApS", Country = "DK", LegalForm = "Anpartsselskab", Visiting = new() { Street = "Sandkaj 12", PostCode = "2150", City = "Nordhavn", Country = "DK" },
            Industry = new() { Code = "463710", Text = "Engroshandel med kaffe, te og kakao" }, Employees = 14, Phone = "70000001", Email = "post@nordhavn.example", NoMarketing = false, RegisteredOn = new(2009, 3, 2),
        }, (await GetAsync("90000012")).Value);
        var lamb = (await GetAsync((await SearchAsync("Vadehavets")).Value![0].OrganisationNumber)).Value!;
        Assert.Equal(("014500", true), (lamb.Industry!.Code, lamb.NoMarketing!.Value));
        Assert.Equal("20-49", (await GetAsync((await SearchAsync("Kløver")).Value![0].OrganisationNumber)).Value!.EmployeeRange);
        Assert.Equal("Konkurs", (await GetAsync((await SearchAsync("Kronborg")).Value![0].OrganisationNumber)).Value!.Trouble);
        Assert.Equal(new(2024, 6, 30), (await SearchAsync("Nyborg Stål")).Value![0].CeasedOn);
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Production_units_come_without_those_that_have_closed()
    {
        var branches = (await _bench.CallAsync<ICompanyRegister, RegisterBranch[]>(Connection(), (register, call, ct) => register.BranchesAsync(call, "DK", "90000020", ct))).Value!;
        Assert.Equal(4, branches.Length);
        Assert.Equal(("1000001000", true, "Kattegatvej 45"), (branches[0].Number, branches[0].IsMain, branches[0].Address!.Street));
        Assert.False(branches[1].IsMain);
    }

    [Fact, Trait("Requirement", "R51")]
    public async Task Finding_choosing_and_listing_units_is_one_look_up_of_the_quota_and_only_for_who_asked()
    {
        var hit = Assert.Single((await SearchAsync("nordhavn log")).Value!);
        Assert.Equal("Nordhavn Logistik A/S", (await GetAsync(hit.OrganisationNumber)).Value!.Name);
        Assert.Equal(4, (await _bench.CallAsync<ICompanyRegister, RegisterBranch[]>(Connection(), (register, call, ct) => register.BranchesAsync(call, "DK", hit.OrganisationNumber, ct))).Value!.Length);
        Assert.Single(_register.Requests);
        _ = await _bench.CallAsync<ICompanyRegister, RegisterCompany?>(PluginBench.Connection(2, Settings(), "127.0.0.1"), (register, call, ct) => register.GetAsync(call, "DK", hit.OrganisationNumber, ct));
        Assert.Equal(2, _register.Requests.Count);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_said_in_words_though_it_comes_as_an_answer()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Sender);
        for (var i = 0; i < 50; i++) _ = await http.GetAsync(new Uri(_register.Address, "api?country=dk&vat=10150817"), TestContext.Current.CancellationToken);
        var failure = (await SearchAsync("nordhavn")).Failure!;
        Assert.Equal((PluginErrorKind.RateLimited, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter!.Value));
        Assert.Contains("50 look-ups a day", failure.Detail, StringComparison.Ordinal);
        Assert.Single((await SearchAsync("nordhavn", Settings(token: Cvr.Token))).Value!);
    }

    [Theory, InlineData(""), InlineData("Acme ApS"), InlineData("Acme ApS - CRM - Jens Sørensen")]
    public async Task Without_a_sender_of_the_right_form_nothing_is_asked(string sender)
    {
        Assert.Equal(PluginErrorKind.NotConfigured, (await SearchAsync("nordhavn", Settings(sender))).Failure!.Kind);
        Assert.Empty(_register.Requests);
    }

    [Fact]
    public async Task The_sender_is_told_as_it_is_written()
    {
        var told = "";
        _register.Next(context => { told = context.Request.Headers.UserAgent.ToString(); return Answer(404, """{ "error": "NOT_FOUND" }""")(context); });
        _ = await SearchAsync("nordhavn");
        Assert.Equal(Sender, told);
    }

    [Theory, InlineData(200, """{ "error": "BANNED" }""", PluginErrorKind.Forbidden), InlineData(403, """{ "error": "INVALID_UA" }""", PluginErrorKind.NotConfigured), InlineData(200, """{ "error": "SOMETHING_NEW" }""", PluginErrorKind.Unavailable)]
    [InlineData(401, "", PluginErrorKind.Unauthorized), InlineData(200, "<html></html>", PluginErrorKind.Unavailable), InlineData(403, "<html></html>", PluginErrorKind.Forbidden)]
    public async Task Errors_are_known_by_their_body_before_their_status(int status, string body, PluginErrorKind kind)
    {
        _register.Next(Answer(status, body));
        Assert.Equal(kind, (await SearchAsync("nordhavn")).Failure!.Kind);
    }

    [Fact]
    public async Task What_has_changed_is_not_told_there() =>
        Assert.Equal(PluginErrorKind.Unsupported, (await _bench.CallAsync<ICompanyRegister, RegisterChanges>(Connection(), (register, call, ct) => register.ChangesSinceAsync(call, null, ct))).Failure!.Kind);

    [Fact]
    public async Task It_leaves_memory_after_use()
    {
        _ = await SearchAsync("nordhavn");
        _ = await GetAsync("99999999");
        await _bench.Engine.ApplyAsync("cvr", WantedVersions.None, TestContext.Current.CancellationToken);
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    private Task<PluginAnswer<RegisterHit[]>> SearchAsync(string text, string? settings = null) =>
        _bench.CallAsync<ICompanyRegister, RegisterHit[]>(Connection(settings), (register, call, ct) => register.SearchAsync(call, new() { Text = text, Country = "DK" }, ct));

    private Task<PluginAnswer<RegisterCompany?>> GetAsync(string number) => _bench.CallAsync<ICompanyRegister, RegisterCompany?>(Connection(), (register, call, ct) => register.GetAsync(call, "DK", number, ct));

    private PluginConnection Connection(string? settings = null) => PluginBench.Connection(1, settings ?? Settings(), "127.0.0.1");
    private string Settings(string sender = Sender, string token = "") => $$"""{ "cvrapiSender": "{{sender}}", "cvrapiToken": "{{token}}", "cvrapiAddress": "{{_register.Address}}api" }""";

    private static RequestDelegate Answer(int status, string body) => context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body);
    };
}
