using Crm.Contracts;

namespace Crm.Orders;

/// <summary>The latest other order of the same partner that is not cancelled.</summary>
/// <param name="OwnNumber">The order itself.</param>
/// <param name="Number">The other; null = there is none.</param>
/// <param name="OrderDate">Its order date.</param>
/// <param name="DeliveryDate">Its delivery date.</param>
internal sealed record LatestOther(long OwnNumber, long? Number, DateOnly OrderDate, DateOnly? DeliveryDate)
{
    public static async Task<LatestOther> FindAsync(IDatabase database, CompanyRef company, long number, long partner, CancellationToken ct)
    {
        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await database.QueryAsync(company,
            "select number, order_date, delivery_date from orders where company = @company and partner = @partner and cancelled = 0 and number <> @number order by order_date desc, number desc limit 1",
            [new("partner", partner), new("number", number)], row => new LatestOther(number, row.GetInt64(0), Day(row.GetString(1)), row.IsDBNull(2) ? null : Day(row.GetString(2))), ct);
        return rows.Count == 0 ? new(number, null, default, null) : rows[0];
    }
}

/// <summary>What orders do to their partner, in the same commit (R30, R32, R35).</summary>
internal static class PartnerSums
{
    /// <summary>The partner after one of its orders went from one state to another; null = there was no order before.</summary>
    /// <param name="partner">As it is.</param>
    /// <param name="before">The order before; null = it is being made.</param>
    /// <param name="after">The order now.</param>
    /// <param name="other">The latest other order; null = the order is new, and what the partner knows is enough.</param>
    public static PartnerSales With(this PartnerSales partner, Order? before, Order after, LatestOther? other)
    {
        var uninvoiced = partner.Credit.Uninvoiced.ToDictionary(m => m.Currency, m => m.Amount);
        if (before is not null) uninvoiced[before.Currency] = uninvoiced.GetValueOrDefault(before.Currency) - before.Uninvoiced.Amount;
        uninvoiced[after.Currency] = uninvoiced.GetValueOrDefault(after.Currency) + after.Uninvoiced.Amount;
        var sums = partner with
        {
            Credit = partner.Credit with { Uninvoiced = [.. uninvoiced.Where(u => u.Value != 0).OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => new Money(u.Value, u.Key))] },
            OrderChanges = partner.OrderChanges + 1,
        };
        var cancelled = after.State == OrderState.Cancelled;
        if (other is null) return cancelled || partner.LatestOrder > after.OrderDate ? sums : sums with { LatestOrder = after.OrderDate, LatestDelivery = after.DeliveryDate };
        // By order date, then number (A6).
        var own = !cancelled && (other.Number is null || (after.OrderDate, other.OwnNumber).CompareTo((other.OrderDate, other.Number.Value)) > 0);
        return own ? sums with { LatestOrder = after.OrderDate, LatestDelivery = after.DeliveryDate }
            : sums with { LatestOrder = other.Number is null ? null : other.OrderDate, LatestDelivery = other.DeliveryDate };
    }

    /// <summary>True when the change concerns the partner: amounts, dates or state.</summary>
    public static bool Concerns(Order before, Order after) =>
        before.Uninvoiced != after.Uninvoiced || before.OrderDate != after.OrderDate || before.DeliveryDate != after.DeliveryDate || before.State != after.State;
}
