using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Benchmarks.Conventional;

/// <summary>A partner as a conventional program maps it: columns for what is a single value, JSON for what is nested.</summary>
internal sealed class PartnerRow
{
    public int Company { get; set; }
    public long Number { get; set; }
    public long Version { get; set; }
    public required string Name { get; set; }
    public required string NameKey { get; set; }
    public required string Search { get; set; }
    public required string Country { get; set; }
    public string? OrganisationNumber { get; set; }
    public string? VatNumber { get; set; }
    public required string Relations { get; set; }
    public string? Stage { get; set; }
    public long? CreditLimit { get; set; }
    public string? CreditCurrency { get; set; }
    public long? Balance { get; set; }
    public string? BalanceCurrency { get; set; }
    public long? Uninvoiced { get; set; }
    public DateOnly? LatestDelivery { get; set; }
    public string? Owner { get; set; }
    public string? Department { get; set; }
    public string? Industry { get; set; }
    public int? Employees { get; set; }
    public string? LegalForm { get; set; }
    public string? Website { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Language { get; set; }
    public long? Parent { get; set; }
    public string? City { get; set; }
    public int Deleted { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Addresses, invoicing and tags.</summary>
    public required string Details { get; set; }
}

/// <summary>One row of the audit trail, written with the change. It has what our journal has, except that no entry vouches for the one before.</summary>
internal sealed class JournalRow
{
    public long Id { get; set; }
    public int Company { get; set; }
    public DateTime At { get; set; }
    public required string Caller { get; set; }
    public required string Kind { get; set; }
    public long Number { get; set; }
    public long Version { get; set; }
    public required string Fact { get; set; }
    public required string Change { get; set; }
}

internal sealed class StageRow
{
    public int Company { get; set; }
    public required string Key { get; set; }
    public required string Name { get; set; }
}

internal sealed class ApiKeyRow
{
    public long Id { get; set; }
    public int Company { get; set; }
    public required string CompanySlug { get; set; }
    public required string Name { get; set; }
    public required byte[] Hash { get; set; }
    public required string Scopes { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public DateTime? RevokedAt { get; set; }
}

internal sealed class ConventionalContext(DbContextOptions<ConventionalContext> options) : DbContext(options)
{
    public DbSet<PartnerRow> Partners => Set<PartnerRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<CaseRow> Cases => Set<CaseRow>();

    public DbSet<CaseStatusRow> CaseStatuses => Set<CaseStatusRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<StageRow> Stages => Set<StageRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PartnerRow>(partner =>
        {
            partner.ToTable("partners").HasKey(p => new { p.Company, p.Number });
            partner.Property(p => p.Version).IsConcurrencyToken();
            partner.HasIndex(p => new { p.Company, p.Stage, p.Number }).HasFilter("deleted = 0");
            partner.HasIndex(p => new { p.Company, p.NameKey, p.Number }).HasFilter("deleted = 0");
            partner.HasIndex(p => new { p.Company, p.Owner, p.Number }).HasFilter("deleted = 0 and owner is not null");
            partner.HasIndex(p => new { p.Company, p.Balance, p.Number }).HasFilter("deleted = 0 and balance is not null");
            partner.HasIndex(p => new { p.Company, p.Uninvoiced, p.Number }).HasFilter("deleted = 0 and uninvoiced is not null");
            partner.HasIndex(p => new { p.Company, p.CreditLimit, p.Number }).HasFilter("deleted = 0 and credit_limit is not null");
            partner.HasIndex(p => new { p.Company, p.LatestDelivery, p.Number }).HasFilter("deleted = 0 and latest_delivery is not null");
            partner.HasIndex(p => new { p.Company, p.Country, p.Number }).HasFilter("deleted = 0");
            partner.HasIndex(p => new { p.Company, p.Parent, p.Number }).HasFilter("parent is not null");
            partner.HasIndex(p => new { p.Company, p.OrganisationNumber, p.Number }).HasFilter("organisation_number is not null");
            partner.HasIndex(p => new { p.Company, p.Search, p.Number }).HasFilter("deleted = 0");
            NameColumns(partner);
        });
        ConventionalSalesModel.Add(modelBuilder, Database.IsNpgsql());
        modelBuilder.Entity<JournalRow>(entry =>
        {
            entry.ToTable("journal").HasKey(e => e.Id);
            entry.HasIndex(e => new { e.Company, e.Kind, e.Number, e.Id });
        });
        modelBuilder.Entity<StageRow>().ToTable("stages").HasKey(s => new { s.Company, s.Key });
        modelBuilder.Entity<ApiKeyRow>().ToTable("api_keys").HasKey(k => k.Id);
    }

    public static void NameColumns<TRow>(EntityTypeBuilder<TRow> row) where TRow : class
    {
        foreach (var property in row.Metadata.GetProperties().ToArray()) property.SetColumnName(SnakeCase(property.Name));
    }

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? $"{(i == 0 ? "" : "_")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
