using System.Globalization;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>How partners are stored and listed.</summary>
internal static class PartnerTables
{
    public static Entity<Partner> Partners { get; } = new("partner", "partners")
    {
        TermTable = "partner_terms",
        FirstNumber = 1001,
        View = PartnerView.Of,
        Columns =
        [
            new("name_key", ColumnType.Text, (p, s) => Sorted(p.Name, s)) { Same = (a, b) => a.Name == b.Name },
            new("name", ColumnType.Text, p => p.Name),
            new("country", ColumnType.Text, p => p.Country),
            new("organisation_number", ColumnType.Text, p => p.OrganisationNumber is null ? null : WrittenNumber.Compact(p.OrganisationNumber)) { Same = (a, b) => a.OrganisationNumber == b.OrganisationNumber },
            new("vat_number", ColumnType.Text, p => p.VatNumber is null ? null : WrittenNumber.Compact(p.VatNumber)) { Same = (a, b) => a.VatNumber == b.VatNumber },
            new("stage", ColumnType.Text, p => p.Stage),
            new("credit_limit", ColumnType.Amount, p => p.CreditLimit?.TenThousandths),
            new("balance", ColumnType.Amount, p => p.Balance is null ? null : (long)(p.Balance.Amount * 10_000m)),
            .. StaleBalance.Columns,
            new("uninvoiced", ColumnType.Amount, (p, s) => p.UninvoicedSum(s.Get<CompanyProfile>())?.TenThousandths),
            .. OverLimit.Columns,
            // Of the year that it was summed up in: the first whole reading of a year sums up anew.
            new("invoiced", ColumnType.Amount, (p, s) => p.InvoicedIn(p.Invoiced?.Year ?? 0, s.Get<CompanyProfile>())?.TenThousandths),
            new("latest_delivery", ColumnType.Date, p => p.LatestDelivery?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("owner", ColumnType.Text, p => p.Owner),
            new("department", ColumnType.Text, p => p.Department),
            new("industry", ColumnType.Text, p => p.Industry),
            new("employees", ColumnType.Number, p => (long?)p.Employees),
            new("city_key", ColumnType.Text, (p, s) => City(p) is { } city ? Sorted(city, s) : null) { Same = (a, b) => City(a) == City(b) },
            new("parent", ColumnType.Number, p => p.Parent),
            new("deleted", ColumnType.Flag, p => p.IsDeleted ? 1L : 0L),
            new("search", ColumnType.Text, p => p.SearchText()) { Same = (a, b) => a.Searched().SequenceEqual(b.Searched()) },
        ],
        SameTerms = (a, b) => a.Tags == b.Tags && a.Relations == b.Relations && a.Owner == b.Owner && a.CoOwners == b.CoOwners && a.Contacts == b.Contacts && a.External == b.External,
        TermsOf = p =>
        [
            .. p.Tags.Select(t => new Term("tag", t)), .. p.Relations.Select(r => new Term("relation", r)), .. p.AllOwners().Select(o => new Term("owner", o)),
            .. p.External.Select(e => new Term("external", ExternalNumber.TermOf(e.System, e.Id))),
            .. p.Contacts.Select(c => new Term("search", SortKey.Of($"{c.Name} {c.Email} {c.Phone}", "en", 400))),
        ],
    };

    public static Entity<PartnerSettings> Settings { get; } = new("partnerSettings", "partner_settings")
    {
        DefaultOf = _ => new(),
        View = (row, _) => row.State,
    };

    /// <summary>Kept here because every partner is shown with it; accounting writes it.</summary>
    public static Entity<BalanceAges> BalanceAges { get; } = new("balanceAges", "balance_ages")
    {
        DefaultOf = _ => new(),
        View = (row, _) => row.State,
    };

    /// <summary>Accounting changes how old a balance may be in the commit of its own settings.</summary>
    public static Facet<BalanceAges, BalanceAges> Ages { get; } = new((_, ages, _) => ages, (_, ages, _) => ages);

    public static ListOf<Partner> All { get; } = new("partners", Partners, Fields()) { SearchColumn = "search", Fold = Folded };

    /// <summary>The CRM overview: partners that have a stage (A8).</summary>
    public static ListOf<Partner> Overview { get; } = All with { Name = "overview", Always = "stage is not null", DefaultSort = "name" };

    /// <summary>Partners that have contacts, shown as their contacts.</summary>
    public static ListOf<Partner> WithContacts { get; } = All with
    {
        Name = "contacts",
        Always = "exists (select 1 from partner_terms c where c.company = @company and c.field = 'search' and c.number = partners.number)",
        ViewOf = (row, _) => new PartnerContacts([.. row.State.Contacts.Select(c => ContactView.Of(c, row.Number, row.State.Name))]),
    };

    private static string? City(Partner p) => p.Visiting?.City ?? p.Postal?.City;

    /// <summary>In the alphabet of the company's language: å is the first letter after z in Swedish, the last in Danish.</summary>
    private static string Sorted(string text, ISettings settings) => SortKey.Of(text, settings.Get<CompanyProfile>().Language);

    private static string Folded(string text) => SortKey.Of(text, "en", 600);

    private static IReadOnlyList<ListField> Fields() =>
    [
        new("number", "number", ColumnType.Number),
        new("name", "name_key", ColumnType.Text) { Contains = true, Fold = Sorted },
        new("country", "country", ColumnType.Text) { Resolve = (text, _, _) => text.ToUpperInvariant() },
        new("organisationNumber", "organisation_number", ColumnType.Text) { Resolve = (text, _, _) => WrittenNumber.Compact(text) },
        new("vatNumber", "vat_number", ColumnType.Text) { Resolve = (text, _, _) => WrittenNumber.Compact(text) },
        new("stage", "stage", ColumnType.Text) { Ranks = settings => Keys(settings, ChoiceKind.Stage) },
        new("creditLimit", "credit_limit", ColumnType.Amount),
        new("balance", "balance", ColumnType.Amount),
        new("uninvoiced", "uninvoiced", ColumnType.Amount),
        new("invoicedThisYear", "invoiced", ColumnType.Amount),
        new("latestDelivery", "latest_delivery", ColumnType.Date),
        new("owner", "owner", ColumnType.Text)
        {
            IsTerm = true,
            Resolve = (text, call, _) => text == "me" ? call.Caller.UserId : text,
            Ranks = settings => [.. settings.Get<CompanyProfile>().Members.OrderBy(m => Sorted(m.Name, settings), StringComparer.Ordinal).Select(m => m.UserId)],
        },
        new("department", "department", ColumnType.Text) { Ranks = settings => [.. settings.Get<CompanyProfile>().Departments.Select(d => d.Id)] },
        new("industry", "industry", ColumnType.Text) { Ranks = settings => Keys(settings, ChoiceKind.Industry) },
        new("employees", "employees", ColumnType.Number),
        new("city", "city_key", ColumnType.Text) { Contains = true, Fold = Sorted },
        new("parent", "parent", ColumnType.Number),
        new("deleted", "deleted", ColumnType.Flag) { Sorts = false },
        OverLimit.Question,
        StaleBalance.Question,
        ListField.Term("tag"),
        ListField.Term("relation"),
    ];

    private static string[] Keys(ISettings settings, ChoiceKind kind) => [.. settings.Get<PartnerSettings>().Of(kind).Select(c => c.Key)];
}
