using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>A partner as callers read it.</summary>
internal sealed record PartnerView(
    [property: Description("Assigned, unique in the company, never changed or used again.")] long Number,
    string Name, string Country, string? OrganisationNumber, string? VatNumber, IReadOnlyList<string> Relations,
    NamedKey? Stage, Money? CreditLimit,
    [property: Description("Open receivables by the accounting system; null without one.")] Balance? Balance,
    [property: Description("Revenue of orders not yet invoiced, without VAT; null before the first order.")] Money? Uninvoiced,
    [property: Description("Delivery date of the latest sales order.")] DateOnly? LatestDelivery,
    IReadOnlyList<string> Tags, NamedId? Owner, IReadOnlyList<NamedId> CoOwners, NamedId? Department, NamedCode? Industry,
    int? Employees, string? LegalForm, string? Website, string? Phone, string? Email, string? Language,
    AddressesView Addresses, Invoicing? Invoicing, CreditView? Credit, long? Parent, string? BranchNumber,
    IReadOnlyList<ExternalView> External, CountsView Counts, Money? InvoicedThisYear,
    [property: Description("Doubts and over-limit warnings; none of them blocks a save.")] IReadOnlyList<PartnerWarning> Warnings,
    LogoView? Logo, DateTimeOffset? DeletedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public static PartnerView Of(Row<Partner> row, ISettings settings)
    {
        var (p, own, company) = (row.State, settings.Get<PartnerSettings>(), settings.Get<CompanyProfile>());
        return new(
            row.Number, p.Name, p.Country, p.OrganisationNumber, p.VatNumber, p.Relations,
            p.Stage is null ? null : new(p.Stage, own.Find(ChoiceKind.Stage, p.Stage)?.Name ?? p.Stage), p.CreditLimit, p.Balance, p.Uninvoiced, p.LatestDelivery,
            p.Tags, NamedId.User(p.Owner, company), [.. p.CoOwners.Select(o => NamedId.User(o, company)!)], p.Department is null ? null : new(p.Department, company.Department(p.Department)?.Name ?? p.Department),
            p.Industry is null ? null : new(p.Industry, own.Find(ChoiceKind.Industry, p.Industry)?.Name ?? p.Industry),
            p.Employees, p.LegalForm, p.Website, p.Phone, p.Email, p.Language, new(p.Visiting, p.Postal, p.InvoiceAddress), p.Invoicing, null, p.Parent, p.BranchNumber,
            [], new(null, null, null, null), null, [.. p.Warnings()], p.Logo is null ? null : new(p.Logo.ContentType, p.Logo.Bytes, p.Logo.Hash),
            p.DeletedAt, row.CreatedAt, row.UpdatedAt, row.Version);
    }
}

internal sealed record NamedKey(string Key, string Name);

internal sealed record NamedCode(string Code, string Name);

/// <param name="Disabled">True for a former user, who is still named (R33).</param>
internal sealed record NamedId(string Id, string Name, bool? Disabled = null)
{
    public static NamedId? User(string? id, CompanyProfile company) =>
        id is null ? null : company.Member(id) is { } member ? new(id, member.Name, member.Disabled ? true : null) : new(id, id, true);
}

internal sealed record AddressesView(Address? Visiting, Address? Postal, Address? Invoice);

/// <summary>A credit bureau's word on the partner; there is none until a bureau is connected.</summary>
internal sealed record CreditView(int? Score, string? Grade, decimal? Limit, string? Currency, DateTimeOffset AsOf, DateTimeOffset? MonitoredSince);

/// <summary>The partner in another system.</summary>
internal sealed record ExternalView(string System, string Id, DateTimeOffset? SyncedAt);

/// <summary>Filled by the modules that count; null until there is one.</summary>
internal sealed record CountsView(int? ActiveProjects, int? OpenTasks, int? UnsignedAgreements, int? OpenCases);

internal sealed record LogoView(string ContentType, int Bytes, string Hash);
