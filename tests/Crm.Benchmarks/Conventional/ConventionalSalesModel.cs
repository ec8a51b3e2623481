using Microsoft.EntityFrameworkCore;

namespace Crm.Benchmarks.Conventional;

/// <summary>A case with the columns and indexes that ours has.</summary>
internal sealed class CaseRow
{
    public int Company { get; set; }
    public long Number { get; set; }
    public long Version { get; set; }
    public required string Title { get; set; }
    public required string TitleKey { get; set; }
    public required string Search { get; set; }
    public long Partner { get; set; }
    public required string Status { get; set; }
    public required string Kind { get; set; }
    public DateTime StatusChanged { get; set; }
    public int Probability { get; set; }
    public int? OpenProbability { get; set; }
    public long? Value { get; set; }
    public long? Weighted { get; set; }
    public string? Currency { get; set; }
    public string? Owner { get; set; }
    public DateOnly? FollowUp { get; set; }
    public DateOnly? ExpectedClose { get; set; }
    public string? LostReason { get; set; }
    public int Closed { get; set; }
    public int Converted { get; set; }
    public int Deleted { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>What goes to the order, and the description.</summary>
    public required string Details { get; set; }

    /// <summary>In ten-thousandths, rounded to the hundredths of the currency.</summary>
    public static long? WeightedOf(long? value, int probability) => value is { } v ? (long)(decimal.Round(v * probability / 1_000_000m, 2, MidpointRounding.AwayFromZero) * 10_000m) : null;
}

internal sealed class CaseStatusRow
{
    public int Company { get; set; }
    public required string Key { get; set; }
    public required string Name { get; set; }
    public required string Kind { get; set; }
    public int Probability { get; set; }
}

/// <summary>An order with the columns and indexes that ours has; its lines have a table of their own.</summary>
internal sealed class OrderRow
{
    public int Company { get; set; }
    public long Number { get; set; }
    public long Version { get; set; }
    public required string Kind { get; set; }
    public long Partner { get; set; }
    public long? CaseNumber { get; set; }
    public DateOnly OrderDate { get; set; }
    public DateOnly? StartDate { get; set; }
    public DateOnly? DeliveryDate { get; set; }
    public string? Owner { get; set; }
    public int? CreditDays { get; set; }
    public long Net { get; set; }
    public long Invoiced { get; set; }
    public long Uninvoiced { get; set; }
    public required string Currency { get; set; }
    public required string State { get; set; }
    public int Cancelled { get; set; }
    public int Locked { get; set; }
    public string? Reference { get; set; }
    public required string Search { get; set; }

    /// <summary>What was known when it was taken over the credit limit; null = it was not.</summary>
    public string? CreditDecision { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public List<OrderLineRow> Lines { get; } = [];
}

/// <summary>Quantity, price, discount and net in ten-thousandths.</summary>
internal sealed class OrderLineRow
{
    public int Company { get; set; }
    public long OrderNumber { get; set; }
    public int Line { get; set; }
    public required string Text { get; set; }
    public long Quantity { get; set; }
    public long UnitPrice { get; set; }
    public long Discount { get; set; }
    public long Net { get; set; }
}

internal static class ConventionalSalesModel
{
    public static void Add(ModelBuilder model, bool postgres)
    {
        model.Entity<CaseRow>(c =>
        {
            c.ToTable("cases").HasKey(r => new { r.Company, r.Number });
            c.Property(r => r.Version).IsConcurrencyToken();
            c.HasIndex(r => new { r.Company, r.TitleKey, r.Number }).HasFilter("deleted = 0");
            c.HasIndex(r => new { r.Company, r.Status, r.Number }).HasFilter("deleted = 0");
            c.HasIndex(r => new { r.Company, r.StatusChanged, r.Number }).HasFilter("deleted = 0");
            c.HasIndex(r => new { r.Company, r.CreatedAt, r.Number }).HasFilter("deleted = 0");
            c.HasIndex(r => new { r.Company, r.Partner, r.Number }).HasFilter("deleted = 0");
            c.HasIndex(r => new { r.Company, r.Owner, r.Number }).HasFilter("deleted = 0 and owner is not null");
            c.HasIndex(r => new { r.Company, r.FollowUp, r.Number }).HasFilter("deleted = 0 and follow_up is not null");
            c.HasIndex(r => new { r.Company, r.ExpectedClose, r.Number }).HasFilter("deleted = 0 and expected_close is not null");
            c.HasIndex(r => new { r.Company, r.Value, r.Number }).HasFilter("deleted = 0 and value is not null");
            c.HasIndex(r => new { r.Company, r.Weighted, r.Number }).HasFilter("deleted = 0 and weighted is not null");
            c.HasIndex(r => new { r.Company, r.Partner }).HasFilter("deleted = 0 and closed = 0 and kind = 'open'");
            ConventionalContext.NameColumns(c);
        });
        model.Entity<CaseStatusRow>().ToTable("case_statuses").HasKey(s => new { s.Company, s.Key });
        model.Entity<OrderRow>(o =>
        {
            o.ToTable("orders").HasKey(r => new { r.Company, r.Number });
            // Known before the insert, so that all rows go in one round trip: from a sequence, ten at a time, or from the one process that writes the file.
            if (postgres) o.Property(r => r.Number).UseHiLo("order_numbers");
            else o.Property(r => r.Number).ValueGeneratedNever();
            o.Property(r => r.Version).IsConcurrencyToken();
            o.HasMany(r => r.Lines).WithOne().HasForeignKey(l => new { l.Company, l.OrderNumber });
            o.HasIndex(r => new { r.Company, r.CaseNumber }).IsUnique().HasFilter("case_number is not null");
            o.HasIndex(r => new { r.Company, r.Partner, r.OrderDate, r.Number }).HasFilter("cancelled = 0");
            o.HasIndex(r => new { r.Company, r.Partner, r.Number });
            o.HasIndex(r => new { r.Company, r.State, r.Number });
            o.HasIndex(r => new { r.Company, r.DeliveryDate, r.Number }).HasFilter("delivery_date is not null");
            o.HasIndex(r => new { r.Company, r.OrderDate, r.Number });
            o.HasIndex(r => new { r.Company, r.Net, r.Number });
            o.HasIndex(r => new { r.Company, r.Owner, r.Number }).HasFilter("owner is not null");
            ConventionalContext.NameColumns(o);
        });
        model.Entity<OrderLineRow>(l =>
        {
            l.ToTable("order_lines").HasKey(r => new { r.Company, r.OrderNumber, r.Line });
            ConventionalContext.NameColumns(l);
        });
    }
}
