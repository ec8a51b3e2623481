using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>A partner as callers read it.</summary>
/// <param name="Name">The name of the firm.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the VAT registration.</param>
/// <param name="OrganisationNumber">In the form of the country; null = not known.</param>
/// <param name="VatNumber">With the country; null = not known.</param>
/// <param name="Relations">Keys of relations, at least one.</param>
/// <param name="Stage">Where the partner stands in the overview; null = not in it.</param>
/// <param name="CreditLimit">How much the partner may owe; null = not known.</param>
/// <param name="Tags">Keys of tags.</param>
/// <param name="Owner">Who looks after the partner.</param>
/// <param name="CoOwners">Who else does.</param>
/// <param name="Department">The department that the partner belongs to.</param>
/// <param name="Industry">What the firm does.</param>
/// <param name="Employees">Number of employees; null = not known.</param>
/// <param name="LegalForm">As the register writes it.</param>
/// <param name="Website">Address of the website.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Email">E-mail address of the firm.</param>
/// <param name="Language">ISO 639-1 of letters and invoices.</param>
/// <param name="Addresses">Where the firm is and gets its post.</param>
/// <param name="Invoicing">How the partner gets its invoices; null = nothing is agreed.</param>
/// <param name="Credit">A credit bureau's word on the partner.</param>
/// <param name="Parent">Number of the partner that this one is a branch of.</param>
/// <param name="BranchNumber">The branch in the register.</param>
/// <param name="External">The partner in other systems.</param>
/// <param name="Counts">What is going on with the partner.</param>
/// <param name="InvoicedThisYear">Invoiced in this calendar year by the accounting system, in the company's currency: invoices in the books less credit notes. 0 = it knows the partner and has none; null = none knows it, or a rate is missing.</param>
/// <param name="Logo">The picture at /logo; null = none.</param>
/// <param name="DeletedAt">When it was deleted; null = it is not.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record PartnerView(
    [property: Description("Assigned, unique in the company, never changed or used again.")] long Number,
    string Name, string Country, string? OrganisationNumber, string? VatNumber, IReadOnlyList<string> Relations,
    NamedKey? Stage, Money? CreditLimit,
    [property: Description("Open receivables by the accounting system; null where none has told any, never 0.")] BalanceView? Balance,
    [property: Description("Revenue of orders not yet invoiced, without VAT, in the company's currency; null before the first order, or while a rate is missing.")] Money? Uninvoiced,
    [property: Description("Delivery date of the latest sales order.")] DateOnly? LatestDelivery,
    IReadOnlyList<string> Tags, NamedId? Owner, IReadOnlyList<NamedId> CoOwners, NamedId? Department, NamedCode? Industry,
    int? Employees, string? LegalForm, string? Website, string? Phone, string? Email, string? Language,
    AddressesView Addresses, Invoicing? Invoicing, CreditView? Credit, long? Parent, string? BranchNumber,
    IReadOnlyList<ExternalView> External, CountsView Counts, InvoicedView? InvoicedThisYear,
    [property: Description("Doubts and over-limit warnings; none of them blocks a save.")] IReadOnlyList<Warning> Warnings,
    LogoView? Logo, DateTimeOffset? DeletedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public static PartnerView Of(Row<Partner> row, ISettings settings)
    {
        var (p, own, company) = (row.State, settings.Get<PartnerSettings>(), settings.Get<CompanyProfile>());
        var credit = settings.Get<BalanceAges>().Aged(p.Credit, settings.Now);
        return new(
            row.Number, p.Name, p.Country, p.OrganisationNumber, p.VatNumber, p.Relations,
            p.Stage is null ? null : new(p.Stage, own.Find(ChoiceKind.Stage, p.Stage)?.Name ?? p.Stage), p.CreditLimit, BalanceView.Of(credit), p.UninvoicedSum(company), p.LatestDelivery,
            p.Tags, NamedId.User(p.Owner, company), [.. p.CoOwners.Select(o => NamedId.User(o, company)!)], p.Department is null ? null : new(p.Department, company.Department(p.Department)?.Name ?? p.Department),
            p.Industry is null ? null : new(p.Industry, own.Find(ChoiceKind.Industry, p.Industry)?.Name ?? p.Industry),
            p.Employees, p.LegalForm, p.Website, p.Phone, p.Email, p.Language, new(p.Visiting, p.Postal, p.InvoiceAddress), p.Invoicing, null, p.Parent, p.BranchNumber,
            [.. p.External.Select(e => new ExternalView(e.System, e.Id, e.Since))], new(null, null, null, null), InvoicedView.Of(p, company, settings.Now), [.. p.Warnings(company, credit)], p.Logo is null ? null : new(p.Logo.ContentType, p.Logo.Bytes, p.Logo.Hash),
            p.DeletedAt, row.CreatedAt, row.UpdatedAt, row.Version);
    }
}

/// <summary>Open receivables by the accounting system, with their source and age (R28, R29).</summary>
/// <param name="Amount">In the main unit.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Source">The accounting system.</param>
/// <param name="AsOf">When it was last known to be so.</param>
/// <param name="Stale">True = that is longer ago than the company trusts a balance (staleAfterHours of the accounting settings).</param>
internal sealed record BalanceView(decimal Amount, string Currency, string Source, DateTimeOffset AsOf, bool Stale)
{
    public static BalanceView? Of(CreditPosition credit) => credit.Balance is { } b ? new(b.Amount, b.Currency, b.Source, b.AsOf, credit.IsStale) : null;
}

/// <summary>What was invoiced in this calendar year (R74).</summary>
/// <param name="Amount">Without VAT.</param>
/// <param name="Currency">The company's: ISO 4217.</param>
/// <param name="WithVat">True = of some of the invoices the system tells no net, and they count with their VAT.</param>
internal sealed record InvoicedView(decimal Amount, string Currency, bool WithVat)
{
    public static InvoicedView? Of(Partner partner, CompanyProfile company, DateTimeOffset now)
    {
        var year = company.Today(now).Year;
        return partner.InvoicedIn(year, company) is { } sum ? new(sum.Amount, sum.Currency, partner.Invoiced is { WithVat: true } invoiced && invoiced.Year == year) : null;
    }
}

/// <summary>Something that the company has named.</summary>
/// <param name="Key">What is written.</param>
/// <param name="Name">What is shown.</param>
internal sealed record NamedKey(string Key, string Name);

/// <summary>A code and its name.</summary>
/// <param name="Code">What is written.</param>
/// <param name="Name">What is shown.</param>
internal sealed record NamedCode(string Code, string Name);

/// <summary>A partner's addresses; null = not known.</summary>
/// <param name="Visiting">Where the firm is.</param>
/// <param name="Postal">Where letters go.</param>
/// <param name="Invoice">Where invoices on paper go.</param>
internal sealed record AddressesView(Address? Visiting, Address? Postal, Address? Invoice);

/// <summary>A credit bureau's word on the partner; there is none until a bureau is connected.</summary>
/// <param name="Score">The bureau's figure.</param>
/// <param name="Grade">The bureau's grade.</param>
/// <param name="Limit">The credit that the bureau recommends.</param>
/// <param name="Currency">ISO 4217 of the limit.</param>
/// <param name="AsOf">When the bureau said so.</param>
/// <param name="MonitoredSince">Since when it tells of changes; null = it does not.</param>
internal sealed record CreditView(int? Score, string? Grade, decimal? Limit, string? Currency, DateTimeOffset AsOf, DateTimeOffset? MonitoredSince);

/// <summary>The partner in another system.</summary>
/// <param name="System">Such as fortnox.</param>
/// <param name="Id">Its key there.</param>
/// <param name="SyncedAt">When both were last made the same.</param>
internal sealed record ExternalView(string System, string Id, DateTimeOffset? SyncedAt);

/// <summary>Filled by the modules that count; null until there is one.</summary>
/// <param name="ActiveProjects">Projects that go on.</param>
/// <param name="OpenTasks">Tasks not done.</param>
/// <param name="UnsignedAgreements">Agreements that wait for a signature.</param>
/// <param name="OpenCases">Cases neither won nor lost nor closed; null in answers to writes.</param>
internal sealed record CountsView(int? ActiveProjects, int? OpenTasks, int? UnsignedAgreements, int? OpenCases);

/// <summary>A partner's logo.</summary>
/// <param name="ContentType">Media type of the picture.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Hash">SHA-256 of its content, in hexadecimal; changes with it.</param>
internal sealed record LogoView(string ContentType, int Bytes, string Hash);
