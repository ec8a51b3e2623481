using Crm.Partners;

namespace Crm.Tests.Partners;

public sealed class PartnerRuleTests
{
    private static readonly string Long = new('x', 201);

    [Theory]
    [Trait("Requirement", "R8")]
    [InlineData("""{"number":5}""", "/number", "partner.number.immutable")]
    [InlineData("""{"number":null}""", "/number", "partner.number.immutable")]
    public void A_number_is_never_taken(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R20")]
    [InlineData("""{"name":""}""", "/name", "partner.name.required")]
    [InlineData("""{"name":"  "}""", "/name", "partner.name.required")]
    [InlineData("""{"name":null}""", "/name", "partner.name.required")]
    [InlineData("""{"name":"a\u0007b"}""", "/name", "text.control")]
    [InlineData("""{"organisationNumber":"556012-5791"}""", "/organisationNumber", "partner.organisationNumber.invalid")]
    [InlineData("""{"vatNumber":"SE55"}""", "/vatNumber", "partner.vatNumber.invalid")]
    [InlineData("""{"country":"XX"}""", "/country", "partner.country.unknown")]
    [InlineData("""{"country":null}""", "/country", "partner.country.unknown")]
    public void Name_country_and_numbers_are_checked(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R14")]
    [InlineData("""{"relations":[]}""", "/relations", "partner.relations.required")]
    [InlineData("""{"relations":null}""", "/relations", "partner.relations.required")]
    [InlineData("""{"relations":["friend"]}""", "/relations/0", "partner.relations.unknown")]
    public void A_relation_is_required_and_known(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R26")]
    [InlineData("""{"creditLimit":{"currency":"SEK"}}""", "/creditLimit/amount", "money.amount.required")]
    [InlineData("""{"creditLimit":{"amount":null}}""", "/creditLimit/amount", "money.amount.required")]
    [InlineData("""{"creditLimit":{"amount":-0.01}}""", "/creditLimit/amount", "partner.creditLimit.negative")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":"XXX"}}""", "/creditLimit", "money.invalid")]
    [InlineData("""{"creditLimit":{"amount":1,"currency":"sek"}}""", "/creditLimit", "money.invalid")]
    [InlineData("""{"creditLimit":{"amount":100000000000}}""", "/creditLimit", "money.invalid")]
    [InlineData("""{"creditLimit":{"amount":0.00001}}""", "/creditLimit", "money.invalid")]
    public void A_credit_limit_is_an_amount_of_zero_or_more(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R36")]
    [Trait("Requirement", "R44")]
    [Trait("Requirement", "R19")]
    [InlineData("""{"stage":"nothing"}""", "/stage", "partner.stage.unknown")]
    [InlineData("""{"tags":["vip","off"]}""", "/tags/1", "partner.tags.unknown")]
    [InlineData("""{"tags":["gone"]}""", "/tags/0", "partner.tags.unknown")]
    [InlineData("""{"industry":"zz"}""", "/industry", "partner.industry.unknown")]
    [InlineData("""{"employees":-1}""", "/employees", "number.range")]
    [InlineData("""{"employees":10000001}""", "/employees", "number.range")]
    public void Choices_are_among_those_that_the_company_offers(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R56")]
    [Trait("Requirement", "R58")]
    [InlineData("""{"owner":"u77"}""", "/owner", "partner.owner.unknown")]
    [InlineData("""{"owner":"u9"}""", "/owner", "partner.owner.unknown")]
    [InlineData("""{"coOwners":["u1","u77"]}""", "/coOwners/1", "partner.owner.unknown")]
    [InlineData("""{"coOwners":["u1","u1"]}""", "/coOwners", "partner.coOwners.duplicate")]
    [InlineData("""{"department":"none"}""", "/department", "partner.department.unknown")]
    [InlineData("""{"department":"closed"}""", "/department", "partner.department.unknown")]
    public void Owners_and_departments_are_active_ones(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R59")]
    [Trait("Requirement", "R63")]
    [Trait("Requirement", "R64")]
    [Trait("Requirement", "R21")]
    [InlineData("""{"invoicing":{"type":"emailLink"}}""", "/invoicing/email", "partner.invoicing.email.required")]
    [InlineData("""{"invoicing":{"type":"emailPdf","email":null}}""", "/invoicing/email", "partner.invoicing.email.required")]
    [InlineData("""{"invoicing":{"type":"paper","email":"nobody"}}""", "/invoicing/email", "email.invalid")]
    [InlineData("""{"invoicing":{"type":"paper","creditDays":-1}}""", "/invoicing/creditDays", "number.range")]
    [InlineData("""{"invoicing":{"type":"paper","creditDays":366}}""", "/invoicing/creditDays", "number.range")]
    [InlineData("""{"invoicing":{"type":"paper","eInvoice":{"scheme":"0088","id":"123"}}}""", "/invoicing/eInvoice", "partner.eInvoice.invalid")]
    public void Invoicing_is_complete(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R15")]
    [InlineData("""{"addresses":{"postal":{"country":"QQ"}}}""", "/addresses/postal/country", "address.country.unknown")]
    [InlineData("""{"website":"not a site"}""", "/website", "partner.website.invalid")]
    [InlineData("""{"website":"javascript://example.com"}""", "/website", "partner.website.invalid")]
    [InlineData("""{"language":"swe"}""", "/language", "partner.language.invalid")]
    [InlineData("""{"email":"a@"}""", "/email", "email.invalid")]
    public void Addresses_and_the_rest_are_checked(string json, string pointer, string code) => Refused(json, pointer, code);

    [Fact]
    public void Lists_and_texts_have_a_greatest_length()
    {
        Refused($$"""{"name":"{{Long}}"}""", "/name", "text.tooLong");
        Refused($$"""{"tags":[{{string.Join(',', Enumerable.Repeat("\"vip\"", 101))}}]}""", "/tags", "partner.tags.tooMany");
        Refused($$"""{"relations":[{{string.Join(',', Enumerable.Repeat("\"customer\"", 21))}}]}""", "/relations", "partner.relations.tooMany");
        Refused($$"""{"coOwners":[{{string.Join(',', Enumerable.Repeat("\"u1\"", 51))}}]}""", "/coOwners", "partner.coOwners.tooMany");
    }

    [Fact]
    public void All_broken_rules_are_reported_at_once()
    {
        var decision = new CreatePartner(Given.Fields("""{"country":"XX","relations":[],"employees":-1,"email":"x","stage":"y"}""")).Decide(Given.At);
        Assert.Equal("validation.failed", decision.Refusal?.Code);
        Assert.Equal(["/country", "/email", "/employees", "/name", "/relations", "/stage"], decision.Refusal!.Problems.Select(p => p.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "R18")]
    public void Every_field_can_be_set_changed_and_cleared()
    {
        var full = Given.Change(Given.Partner, Samples.Full);
        Assert.Equal(new Money(1050.5m, "SEK"), full.CreditLimit);
        Assert.Equal(("Torget 1", "NO"), (full.Visiting?.Street, full.Postal?.Country));
        Assert.Equal((20, InvoiceType.EmailLink, "0088"), (full.Invoicing?.CreditDays, full.Invoicing?.Type, full.Invoicing?.EInvoice?.Scheme));
        var cleared = Given.Change(full, """
            {"organisationNumber":null,"vatNumber":null,"stage":null,"creditLimit":null,"tags":null,"owner":null,"coOwners":null,"department":null,"industry":null,"employees":null,
             "legalForm":null,"website":null,"phone":null,"email":null,"language":null,"addresses":null,"invoicing":null,"parent":null,"branchNumber":null}
            """);
        Assert.Equal(Given.Document(new Partner { Name = "Full AB", Country = "SE", Relations = ["customer", "productSupplier"] }), Given.Document(cleared));
    }

    [Fact]
    public void What_is_not_named_stays_and_nested_members_merge()
    {
        var full = Given.Change(Given.Partner, Samples.Full);
        var changed = Given.Change(full, """{"addresses":{"visiting":{"city":"Oslo"},"postal":null},"creditLimit":{"amount":5},"invoicing":{"creditDays":10}}""");
        Assert.Equal(full.Visiting! with { City = "Oslo" }, changed.Visiting);
        Assert.Null(changed.Postal);
        Assert.Equal(full.InvoiceAddress, changed.InvoiceAddress);
        Assert.Equal(new Money(5, "SEK"), changed.CreditLimit);
        Assert.Equal(full.Invoicing! with { CreditDays = 10 }, changed.Invoicing);
        Assert.Equal((full.Name, full.Owner, full.Stage), (changed.Name, changed.Owner, changed.Stage));
    }

    [Fact]
    public void A_number_is_judged_again_when_the_country_changes() =>
        Refused("""{"country":"NO"}""", "/organisationNumber", "partner.organisationNumber.invalid");

    [Fact]
    public void What_is_no_longer_offered_stays_where_it_is()
    {
        var old = Given.Partner with { Tags = ["off"], Owner = "u9", Department = "closed" };
        Assert.Equal(["off", "vip"], Given.Change(old, """{"tags":["off","vip"]}""").Tags);
        Assert.Equal(("u9", "closed"), Given.Change(old, """{"owner":"u9","department":"closed"}""") is var p ? (p.Owner, p.Department) : default);
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public void A_partner_can_be_customer_and_supplier_and_has_each_once() =>
        Assert.Equal(["customer", "serviceSupplier"], Given.Change(Given.Partner, """{"relations":["customer","serviceSupplier","customer"]}""").Relations);

    [Fact]
    public void A_limit_without_a_currency_is_in_that_of_the_company() =>
        Assert.Equal(new Money(7.5m, "SEK"), Given.Change(Given.Partner, """{"creditLimit":{"amount":7.5}}""").CreditLimit);

    private static void Refused(string json, string pointer, string code)
    {
        var decision = new ChangePartner(Given.Fields(json)).Decide(Given.Partner, Given.At);
        Assert.Equal(RefusalKind.Invalid, decision.Refusal?.Kind);
        Assert.Equal((pointer, code), decision.Refusal!.Problems.Select(p => (p.Pointer, p.Code)).Single());
    }
}

/// <summary>Bodies that tests share.</summary>
internal static class Samples
{
    /// <summary>Every field but the number.</summary>
    public const string Full = """
        {"name":"Full AB","country":"SE","organisationNumber":"5560125790","vatNumber":"SE556012579001","relations":["customer","productSupplier"],"stage":"prospect",
         "creditLimit":{"amount":1050.50,"currency":"SEK"},"tags":["vip"],"owner":"u1","coOwners":["u2"],"department":"sales","industry":"c","employees":12,"legalForm":"AB",
         "website":"www.example.com","phone":"+46 8 123","email":"info@example.com","language":"sv",
         "addresses":{"visiting":{"street":"Torget 1","postalCode":"111 22","city":"Ystad","country":"SE"},"postal":{"street":"Box 1","postalCode":"0101","city":"Oslo","country":"NO"},
                      "invoice":{"street":"Box 2","city":"Umeå"}},
         "invoicing":{"type":"emailLink","email":"invoice@example.com","creditDays":20,"automaticHandling":false,"eInvoice":{"scheme":"0088","id":"7350053850019","operator":"Inexchange"}},
         "parent":null,"branchNumber":"12345678"}
        """;
}
