using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Registers;

/// <summary>Finnish companies, from the package of the plugin and a stand-in that behaves as PRH's open data does.</summary>
public sealed class YtjTests : IAsyncLifetime
{
    private const string Nokia = "0112038-9", Koneet = "9000001-1", Masto = "9000005-4";
    private readonly RegisterBench _bench = new("Ytj", "ytj", "FI", "opendata-ytj-api/v3", Ytj.Map);

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R53")]
    public async Task A_name_is_found_while_it_is_typed_and_more_letters_narrow_it()
    {
        Assert.Equal(3, (await _bench.SearchAsync("pohj")).Length);
        var hit = Assert.Single(await _bench.SearchAsync("pohjola k"));
        Assert.Equal(new RegisterHit { OrganisationNumber = Koneet, Name = "Pohjola Koneet Oy", City = "HELSINKI", LegalForm = "Osakeyhtiö" }, hit);
        Assert.EndsWith("companies?name=pohjola%20k", _bench.StandIn.Requests[^1], StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "R54")]
    public async Task A_former_or_parallel_name_finds_the_company_under_its_own()
    {
        Assert.Equal("Suomen Mastotekniikka Oy", Assert.Single(await _bench.SearchAsync("Masto ja")).Name);
        Assert.Equal("Pohjanmaan Sähkötyö Oy", Assert.Single(await _bench.SearchAsync("österbottens")).Name);
        Assert.Equal("Suomen Mastotekniikka Oy", (await _bench.GetAsync(Masto))!.Name);
    }

    [Fact]
    public async Task What_begins_with_the_text_comes_first_and_what_has_ceased_last()
    {
        _bench.Next(200, """
            { "totalResults": "4", "companies": [
              { "businessId": { "value": "9000001-1" }, "names": [{ "name": "Vanha Satama Oy", "type": "1" }], "endDate": "2020-01-01" },
              { "businessId": { "value": "9000003-8" }, "names": [{ "name": "Kotkan Satama Oy", "type": 1 }] },
              { "businessId": { "value": "9000004-6" }, "names": [{ "name": "SATAMA Oy", "type": "1", "version": "1" }, { "name": "Laituri Oy", "type": "1", "version": 2, "endDate": "2010-01-01" }] },
              { "names": [{ "name": "Satama ilman tunnusta" }] }] }
            """);
        Assert.Equal(["SATAMA Oy", "Kotkan Satama Oy", "Vanha Satama Oy"], (await _bench.SearchAsync("satama")).Select(h => h.Name));
    }

    [Fact]
    public async Task More_than_a_page_of_one_name_is_one_request_and_no_more_than_was_asked_for()
    {
        Assert.Equal(50, (await _bench.SearchAsync("Asunto Oy Helsingin", limit: 50)).Length);
        Assert.Single(_bench.StandIn.Requests);
    }

    [Fact, Trait("Requirement", "R50")]
    public async Task Nothing_is_found_where_there_is_nothing()
    {
        Assert.Empty(await _bench.SearchAsync("Ööää & kni 100%"));
        Assert.Empty(await _bench.SearchAsync("9000010-0"));
    }

    [Theory, Trait("Requirement", "R54")]
    [InlineData("0112038-9"), InlineData("01120389"), InlineData("FI01120389"), InlineData("fi 0112038-9"), InlineData("112038-9"), InlineData(" 0112038 - 9")]
    public async Task A_number_is_found_in_any_spelling(string text) => Assert.Equal(Nokia, Assert.Single(await _bench.SearchAsync(text)).OrganisationNumber);

    [Fact, Trait("Requirement", "R49"), Trait("Requirement", "R53")]
    public async Task All_that_the_register_tells_is_taken_over() => Assert.Equal(
        new RegisterCompany
        {
            OrganisationNumber = Nokia, Name = "Nokia Oyj", Country = "FI", VatNumber = "FI01120389", IsVatRegistered = true, LegalForm = "Julkinen osakeyhtiö",
            Visiting = new() { Street = "Karakaari 7", PostCode = "02610", City = "ESPOO", Country = "FI" },
            Postal = new() { CareOf = "Ostolaskut", Street = "PL 226", PostCode = "02610", City = "ESPOO", Country = "FI" },
            Industry = new() { System = "TOL2025", Code = "70100", Text = "Pääkonttorien toiminta" }, Website = "www.nokia.com", RegisteredOn = new(1896, 12, 1),
        },
        await _bench.GetAsync(Nokia));

    [Theory]
    [InlineData("sv", "Publikt aktiebolag", "Verksamheter som utövas av huvudkontor", "ESBO", "PB 226", "Konkurs"), InlineData("en", "Public limited company", "Activities of head offices", "ESPOO", "P.O. Box 226", "Bankruptcy")]
    public async Task Words_come_in_the_language_that_is_set_and_else_in_Finnish(string language, string form, string industry, string city, string box, string trouble)
    {
        _bench.Set($$"""{ "language": "{{language}}" }""");
        var company = (await _bench.GetAsync(Nokia))!;
        Assert.Equal((form, industry, city, box), (company.LegalForm, company.Industry!.Text, company.Visiting!.City, company.Postal!.Street));
        Assert.Equal(trouble, (await _bench.GetAsync(await NumberAsync("Turun Talonrakennus Oy")))!.Trouble);
    }

    [Theory]
    [InlineData("Turun Talonrakennus Oy", "Konkurssi"), InlineData("Helsingin Meriravintola Oy", "Yrityssaneeraus"), InlineData("Kajaanin Kaivospalvelu Oy", "Selvitystila"), InlineData("Oulun Datakeskus Oy", null)]
    public async Task A_company_in_trouble_says_which(string name, string? trouble) => Assert.Equal(trouble, (await _bench.GetAsync(await NumberAsync(name)))!.Trouble);

    [Theory]
    [InlineData("Porin Konepaja Oy", "2024-03-31"), InlineData("Lahden Puusepänteollisuus Oy", "2023-05-05"), InlineData("Pohjola Koneet Oy", null)]
    public async Task A_company_has_ceased_by_its_end_or_its_leaving_of_the_trade_register_whatever_its_status_says(string name, string? day)
    {
        var company = (await _bench.GetAsync(await NumberAsync(name)))!;
        Assert.Equal(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), company.CeasedOn);
        Assert.Equal(name, company.Name);
        if (day is not null) Assert.Equal((false, null), (company.IsVatRegistered, company.VatNumber));
    }

    [Theory]
    [InlineData("Sipoon Puutarha Osuuskunta", true), InlineData("Imatran Kylpyläkiinteistöt Oy", true), InlineData("Espoon Päiväkoti Satakieli Oy", false)]
    public async Task Every_kind_of_entry_in_the_vat_register_counts(string name, bool isRegistered) => Assert.Equal(isRegistered, (await _bench.GetAsync(await NumberAsync(name)))!.IsVatRegistered);

    [Fact]
    public async Task Addresses_are_put_together_from_their_parts()
    {
        var office = (await _bench.GetAsync(await NumberAsync("Espoon Ohjelmistopaja Oy")))!;
        Assert.Equal((new PostalAddress { Street = "Keilaranta 1 B 12", PostCode = "02150", City = "ESPOO", Country = "FI" }, null), (office.Visiting, office.Postal));
        Assert.Equal(new PostalAddress { Street = "Kungsgatan 12, 111 35 Stockholm", Country = "SE" }, (await _bench.GetAsync(await NumberAsync("Nordic Timber Trading Oy")))!.Visiting);
    }

    [Fact]
    public async Task What_is_not_told_is_absent_and_never_nothing()
    {
        _bench.Next(200, """{ "companies": [{ "businessId": { "value": "9000001-1" }, "addresses": [{ "type": "1", "street": " " }], "website": { "url": "" }, "mainBusinessLine": { "type": 62100, "typeCodeSet": "TOIMI3" }, "endDate": "" }] }""");
        Assert.Equal(
            new RegisterCompany { OrganisationNumber = Koneet, Name = Koneet, Country = "FI", Industry = new() { Code = "62100", System = "TOL2008" } },
            await _bench.GetAsync(Koneet));
    }

    [Fact]
    public async Task An_unknown_number_is_nothing_also_where_the_register_answers_404_or_another_company()
    {
        Assert.Null(await _bench.GetAsync("9000010-0"));
        Assert.Null(await _bench.GetAsync("not a number"));
        _bench.Next(404, "", "text/plain");
        Assert.Null(await _bench.GetAsync(Koneet));
        _bench.Next(200, """{ "totalResults": 1, "companies": [{ "businessId": { "value": "0112038-9" } }] }""");
        Assert.Null(await _bench.GetAsync(Koneet));
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task It_has_no_places_of_business_and_no_feed_of_changes_and_says_so()
    {
        Assert.Empty(await _bench.BranchesAsync(Nokia));
        Assert.Equal(PluginErrorKind.Unsupported, (await _bench.ChangesAsync(null)).Failure!.Kind);
        Assert.Empty(_bench.StandIn.Requests);
    }

    [Theory]
    [InlineData(400, "{}", "application/json", PluginErrorKind.Invalid), InlineData(403, "", "text/plain", PluginErrorKind.Forbidden), InlineData(200, "<html></html>", "text/html", PluginErrorKind.Unavailable)]
    [InlineData(200, "{ \"companies\": [", "application/json", PluginErrorKind.Unavailable), InlineData(200, "{ \"companies\": [{ \"names\": [{ \"name\": {} }] }] }", "application/json", PluginErrorKind.Unavailable)]
    public async Task Other_answers_become_a_failure_of_their_kind(int status, string body, string type, PluginErrorKind kind)
    {
        _bench.Next(status, body, type);
        Assert.Equal(kind, (await _bench.TrySearchAsync("pohj")).Failure!.Kind);
    }

    [Fact]
    public async Task A_register_that_is_down_is_tried_again_before_it_counts_as_down()
    {
        _bench.Next(503, "{}", times: 2);
        Assert.NotEmpty(await _bench.SearchAsync("pohj"));
    }

    [Fact]
    public async Task A_reached_limit_says_for_how_long()
    {
        _bench.Next(429, "Too many requests", "text/plain");
        var failure = (await _bench.TrySearchAsync("pohj")).Failure!;
        Assert.Equal(PluginErrorKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Settings_are_tried_and_what_is_missing_is_said()
    {
        Assert.True((await _bench.TestConnectionAsync()).Value!.IsHealthy);
        _bench.Next(200, """{ "totalResults": 0, "companies": [] }""");
        Assert.False((await _bench.TestConnectionAsync()).Value!.IsHealthy);
        _bench.Unset();
        Assert.Equal(PluginErrorKind.NotConfigured, (await _bench.TestConnectionAsync()).Failure!.Kind);
    }

    [Fact]
    public void Its_words_are_there_in_every_language_of_ours() => Assert.Equal(["da", "en", "fi", "nb", "sv"], _bench.Manifest.Texts.Keys.Order());

    [Fact]
    public async Task It_leaves_memory_after_all_kinds_of_work()
    {
        await _bench.SearchAsync("pohj");
        await _bench.GetAsync(Nokia);
        _bench.Next(403, "", "text/plain");
        Assert.NotNull((await _bench.TrySearchAsync("pohj")).Failure);
        Assert.True(await _bench.LeavesMemoryAsync());
    }

    private async Task<string> NumberAsync(string name) => Assert.Single(await _bench.SearchAsync(name)).OrganisationNumber;
}
