using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Registers;

/// <summary>Norwegian companies, from the package of the plugin and a stand-in that behaves as Enhetsregisteret does.</summary>
public sealed class BizwebTests : IAsyncLifetime
{
    private const string Energi = "999999018", Chain = "999999026", Deleted = "999999263", Removed = "999999387", Place = "999999433";
    private readonly RegisterBench _bench = new("Bizweb", "bizweb", "NO", "enhetsregisteret/api", Bizweb.Map);

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R53")]
    public async Task A_name_is_found_while_it_is_typed_and_more_letters_narrow_it()
    {
        Assert.True((await _bench.SearchAsync("nord")).Length > 5);
        var hit = Assert.Single(await _bench.SearchAsync("nordlys k"));
        Assert.Equal(new RegisterHit { OrganisationNumber = Chain, Name = "NORDLYS KAFFE AS", City = "TROMSØ", LegalForm = "Aksjeselskap" }, hit);
        Assert.Contains("navn=nordlys%20k&size=20&navnMetodeForSoek=FORTLOEPENDE", _bench.StandIn.Requests[^1], StringComparison.Ordinal);
        Assert.Equal(3, (await _bench.SearchAsync("nord", limit: 3)).Length);
    }

    [Fact, Trait("Requirement", "R54")]
    public async Task Any_word_of_the_name_finds_it() => Assert.Equal("BERGEN SKIPSREKVISITA AS", Assert.Single(await _bench.SearchAsync("skipsrekvisita")).Name);

    [Fact, Trait("Requirement", "R50")]
    public async Task Nothing_is_found_where_there_is_nothing() => Assert.Empty(await _bench.SearchAsync("Æøå & co? 100%"));

    [Fact]
    public async Task The_registers_own_search_by_likeness_can_be_chosen_instead()
    {
        Assert.Empty(await _bench.SearchAsync("kaffe nordlys"));
        _bench.Set("""{ "matchAsTyped": false }""");
        Assert.Equal(Chain, (await _bench.SearchAsync("kaffe nordlys"))[0].OrganisationNumber);
        Assert.DoesNotContain("navnMetodeForSoek", _bench.StandIn.Requests[^1], StringComparison.Ordinal);
    }

    [Theory, Trait("Requirement", "R54")]
    [InlineData("999999018"), InlineData("999 999 018"), InlineData("NO 999 999 018 MVA"), InlineData("no999999018mva"), InlineData("999.999.018")]
    public async Task A_number_is_found_in_any_spelling(string text) => Assert.Equal(Energi, Assert.Single(await _bench.SearchAsync(text)).OrganisationNumber);

    [Fact]
    public async Task A_typed_number_finds_places_of_business_and_deleted_companies_but_nothing_unknown_or_removed()
    {
        Assert.Equal("DRAMMEN", Assert.Single(await _bench.SearchAsync(Place)).City);
        Assert.Equal(new DateOnly(2024, 6, 30), Assert.Single(await _bench.SearchAsync(Deleted)).CeasedOn);
        Assert.Empty(await _bench.SearchAsync("999999530"));
        Assert.Empty(await _bench.SearchAsync(Removed));
    }

    [Fact, Trait("Requirement", "R49"), Trait("Requirement", "R53")]
    public async Task All_that_the_register_tells_is_taken_over() => Assert.Equal(
        new RegisterCompany
        {
            OrganisationNumber = Energi, Name = "NORDFJORD ENERGI ASA", Country = "NO", VatNumber = "NO999999018MVA", IsVatRegistered = true, LegalForm = "Allmennaksjeselskap",
            Visiting = new() { Street = "Strandgata 14", PostCode = "6770", City = "NORDFJORDEID", Country = "NO" },
            Postal = new() { CareOf = "Fakturamottak", Street = "Postboks 17 Sentrum", PostCode = "6770", City = "NORDFJORDEID", Country = "NO" },
            Industry = new() { System = "SN2025", Code = "43.210", Text = "Elektrisk installasjonsarbeid" }, Employees = 212, Phone = "57 86 00 10",
            Email = "post@nordfjord-energi.example", Website = "www.nordfjord-energi.example", RegisteredOn = new(1998, 3, 12),
        },
        await _bench.GetAsync(Energi));

    [Fact]
    public async Task What_is_not_told_is_absent_and_never_nothing()
    {
        var association = (await _bench.GetAsync("999999328"))!;
        Assert.Equal((null, null, false, null), (association.Employees, association.EmployeeRange, association.IsVatRegistered, association.VatNumber));
        Assert.Equal((null, null, null, null), (association.Postal, association.Phone, association.Trouble, association.NoMarketing));
        var few = (await _bench.GetAsync("999999190"))!;
        Assert.Equal((null, "0-4"), (few.Employees, few.EmployeeRange));
    }

    [Theory]
    [InlineData("999999069", "Konkurs"), InlineData("999999166", "Under avvikling"), InlineData("999999239", "Under tvangsavvikling eller tvangsoppløsning")]
    public async Task A_company_in_trouble_says_which(string number, string trouble) => Assert.Equal(trouble, (await _bench.GetAsync(number))!.Trouble);

    [Fact]
    public async Task An_address_abroad_keeps_its_country() => Assert.Equal("SE", (await _bench.GetAsync("999999336"))!.Visiting!.Country);

    [Fact]
    public async Task A_place_of_business_has_its_own_number_and_the_vat_number_of_nobody()
    {
        var place = (await _bench.GetAsync(Place))!;
        Assert.Equal(("Grønland 58", 18, true, null), (place.Visiting!.Street, place.Employees, place.IsVatRegistered, place.VatNumber));
    }

    [Fact]
    public async Task A_deleted_company_has_a_day_a_removed_one_is_gone_and_an_unknown_one_is_nothing()
    {
        Assert.Equal(new RegisterCompany { OrganisationNumber = Deleted, Name = "ØRSTA MØBELFABRIKK AS", Country = "NO", LegalForm = "Aksjeselskap", CeasedOn = new(2024, 6, 30) }, await _bench.GetAsync(Deleted));
        Assert.Equal(PluginErrorKind.NotFound, (await _bench.TryGetAsync(Removed)).Failure!.Kind);
        Assert.Null(await _bench.GetAsync("999999530"));
        Assert.Null(await _bench.GetAsync("not a number"));
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Places_of_business_come_from_every_page_without_those_that_have_closed()
    {
        var shops = await _bench.BranchesAsync(Chain);
        Assert.Equal((127, 127), (shops.Length, shops.DistinctBy(s => s.Number).Count()));
        Assert.Equal(["NORDFJORD ENERGI ASA AVD FLORØ", "NORDFJORD ENERGI ASA AVD STRYN"], (await _bench.BranchesAsync(Energi)).Select(b => b.Name));
        Assert.Empty(await _bench.BranchesAsync("999999034"));
    }

    [Fact]
    public async Task Changes_are_followed_from_now_on()
    {
        var now = (await _bench.ChangesAsync(null)).Value!;
        Assert.Equal((0, false), (now.OrganisationNumbers.Length, now.HasMore));
        var later = (await _bench.ChangesAsync(now.Cursor)).Value!;
        Assert.Equal((0, false, now.Cursor), (later.OrganisationNumbers.Length, later.HasMore, later.Cursor));
    }

    [Fact]
    public async Task Changes_of_units_and_of_places_of_business_come_page_by_page_until_there_are_no_more()
    {
        var first = (await _bench.ChangesAsync("2024-01-01T00:00:00.000Z;2024-01-01T00:00:00.000Z")).Value!;
        Assert.Equal((5_120, true, "5001;121"), (first.OrganisationNumbers.Length, first.HasMore, first.Cursor));
        Assert.Contains(Removed, first.OrganisationNumbers);
        Assert.Contains(Place, first.OrganisationNumbers);
        var second = (await _bench.ChangesAsync(first.Cursor)).Value!;
        Assert.Equal((300, false, "5301;121"), (second.OrganisationNumbers.Length, second.HasMore, second.Cursor));
    }

    [Fact]
    public async Task A_cursor_of_another_plugin_is_refused() => Assert.Equal(PluginErrorKind.Invalid, (await _bench.ChangesAsync("page 2")).Failure!.Kind);

    [Fact]
    public async Task A_refusal_says_what_the_register_says()
    {
        _bench.Next(400, """{ "error": "Bad Request", "trace": "1", "validationErrors": [{ "errorMessage": "Ukjent parameter: navnMetodeForSoek" }] }""");
        var failure = (await _bench.TrySearchAsync("nord")).Failure!;
        Assert.Equal(PluginErrorKind.Invalid, failure.Kind);
        Assert.EndsWith("Ukjent parameter: navnMetodeForSoek", failure.Detail, StringComparison.Ordinal);
        _bench.Next(400, "{ \"error\": \"Bad Request\" }");
        Assert.EndsWith("Bad Request", (await _bench.TrySearchAsync("nord")).Failure!.Detail, StringComparison.Ordinal);
        _bench.Next(400, "nonsense", "text/plain");
        Assert.Equal(PluginErrorKind.Invalid, (await _bench.TrySearchAsync("nord")).Failure!.Kind);
    }

    [Theory]
    [InlineData(401, "", "text/plain", PluginErrorKind.Unauthorized), InlineData(403, "", "text/plain", PluginErrorKind.Forbidden), InlineData(451, "", "text/plain", PluginErrorKind.NotFound), InlineData(404, "", "text/plain", PluginErrorKind.Unavailable)]
    [InlineData(302, "", "text/plain", PluginErrorKind.Unavailable), InlineData(200, "<html>Vedlikehold</html>", "text/html", PluginErrorKind.Unavailable), InlineData(200, "{ \"_embedded\": {", "application/json", PluginErrorKind.Unavailable)]
    [InlineData(200, "null", "application/json", PluginErrorKind.Unavailable), InlineData(200, "{ \"_embedded\": [] }", "application/json", PluginErrorKind.Unavailable)]
    public async Task Other_answers_become_a_failure_of_their_kind(int status, string body, string type, PluginErrorKind kind)
    {
        _bench.Next(status, body, type);
        Assert.Equal(kind, (await _bench.TrySearchAsync("nord")).Failure!.Kind);
        Assert.Single(_bench.StandIn.Requests);
    }

    [Fact]
    public async Task A_register_that_is_down_is_tried_again_before_it_counts_as_down()
    {
        _bench.Next(503, times: 2);
        Assert.NotEmpty(await _bench.SearchAsync("nord"));
        _bench.Next(503, times: 3);
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.TrySearchAsync("nord")).Failure!.Kind);
    }

    [Fact]
    public async Task A_reached_limit_says_for_how_long()
    {
        _bench.Next(429, "Too many requests", "text/plain");
        var failure = (await _bench.TrySearchAsync("nord")).Failure!;
        Assert.Equal(PluginErrorKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Numbers_may_be_written_as_texts_and_anything_may_be_missing()
    {
        _bench.Next(200, """{ "organisasjonsnummer": "999999018", "navn": "X AS", "antallAnsatte": "17", "forretningsadresse": { "adresse": null }, "postadresse": {}, "naeringskode1": {}, "slettedato": "", "stiftelsesdato": "ukjent", "nytt": [1] }""");
        Assert.Equal(new RegisterCompany { OrganisationNumber = Energi, Name = "X AS", Country = "NO", Employees = 17 }, await _bench.GetAsync(Energi));
        _bench.Next(200, """{ "_embedded": { "enheter": [{ "navn": "UTEN NUMMER" }, { "organisasjonsnummer": "999999018", "navn": "X AS" }] } }""");
        Assert.Equal(new RegisterHit { OrganisationNumber = Energi, Name = "X AS" }, Assert.Single(await _bench.SearchAsync("x")));
    }

    [Fact]
    public async Task A_search_ends_at_once_when_the_person_has_typed_on()
    {
        var (asked, left) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _bench.StandIn.Next(async context =>
        {
            using var gone = context.RequestAborted.Register(left.SetResult);
            asked.SetResult();
            await left.Task;
        });
        using var typedOn = new CancellationTokenSource();
        var search = _bench.TrySearchAsync("nord", typedOn: typedOn.Token);
        await asked.Task;
        await typedOn.CancelAsync();
        Assert.NotNull((await search).Failure);
        await left.Task;
    }

    [Fact]
    public async Task Settings_that_are_missing_or_wrong_are_said()
    {
        Assert.Equal((true, "The register answers; it has 34 units."), (await _bench.TestConnectionAsync()) is { Value: { } health } ? (health.IsHealthy, health.Detail) : default);
        _bench.Unset();
        Assert.Equal(PluginErrorKind.NotConfigured, (await _bench.TestConnectionAsync()).Failure!.Kind);
        _bench.Set($$"""{ "address": "{{_bench.StandIn.Address}}elsewhere" }""");
        Assert.Contains("check the address", (await _bench.TestConnectionAsync()).Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_register_learns_whom_to_write_to()
    {
        var agent = "";
        _bench.Set("""{ "contact": "Åsa (it@nordvik.example)" }""");
        _bench.StandIn.Next(context => { agent = $"{context.Request.Headers.UserAgent}"; return Task.CompletedTask; });
        await _bench.TestConnectionAsync();
        Assert.Equal("Crm/1.0 (sa it@nordvik.example)", agent);
    }

    [Fact]
    public void Its_words_are_there_in_every_language_of_ours() => Assert.Equal(["da", "en", "fi", "nb", "sv"], _bench.Manifest.Texts.Keys.Order());

    [Fact]
    public async Task It_leaves_memory_after_all_kinds_of_work()
    {
        await _bench.SearchAsync("nord");
        await _bench.GetAsync(Energi);
        await _bench.BranchesAsync(Energi);
        await _bench.ChangesAsync(null);
        _bench.Next(400, "{ \"error\": \"no\" }");
        Assert.NotNull((await _bench.TrySearchAsync("nord")).Failure);
        Assert.True(await _bench.LeavesMemoryAsync());
    }
}
