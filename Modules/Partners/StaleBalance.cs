using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Whether a partner's balance is stale, as a question to a list: exactly those whose view says so. A partner without a balance has none that could be.</summary>
internal static class StaleBalance
{
    public static ListField Question { get; } = ListField.Question("staleBalance", settings => new(Holds(settings.Get<BalanceAges>(), settings.Now)));

    public static IReadOnlyList<Column<Partner>> Columns { get; } =
    [
        new("balance_source", ColumnType.Text, p => p.Balance?.Source),
        new("balance_at", ColumnType.Instant, p => p.Balance is { } balance ? Micros.Of(balance.AsOf) : null),
    ];

    /// <summary>A balance that has not changed is as young as the last reading of its system, which stands in no row.</summary>
    private static string Holds(BalanceAges ages, DateTimeOffset now)
    {
        var from = ages.FreshFrom(now);
        var fresh = ages.ReadAt.Where(r => r.Value >= from).Select(r => $"'{r.Key.Replace("'", "''", StringComparison.Ordinal)}'").ToArray();
        return $"(balance is not null and coalesce(balance_at, 0) < {Micros.Of(from)}{(fresh.Length == 0 ? "" : $" and coalesce(balance_source, '') not in ({string.Join(", ", fresh)})")})";
    }
}
