using System.Globalization;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>
/// Whether a partner is over the credit limit, as a question to a list: exactly those whom <see cref="CreditPosition.Warn"/> names, by the company's policy and
/// rates of the moment. Where all amounts are in the limit's currency SQL compares whole numbers; the others are read and asked one by one.
/// </summary>
internal static class OverLimit
{
    /// <summary>What makes whole numbers of a margin: percent, in the steps that a policy has.</summary>
    private const int Whole = 100 * CreditPolicy.MarginSteps;

    public static ListField Question { get; } = ListField.Question("overLimit", settings => Test(settings.Get<CompanyProfile>()));

    public static IReadOnlyList<Column<Partner>> Columns { get; } =
    [
        new("ordered", ColumnType.Amount, p => p.CreditLimit is { } limit ? p.Uninvoiced.Where(u => u.Currency == limit.Currency).Sum(u => u.TenThousandths) : null),
        new("mixed", ColumnType.Flag, p => p.CreditLimit is { } limit && p.Credit.Owed.Concat(p.Uninvoiced).Any(m => m.Currency != limit.Currency || m != m.Rounded()) ? 1L : 0L),
    ];

    private static ListTest Test(CompanyProfile company)
    {
        var exposure = $"coalesce(balance, 0){(company.Credit.Counts == CreditCounts.Balance ? "" : " + ordered")}";
        var margin = ((long)(company.Credit.MarginPercent * CreditPolicy.MarginSteps)).ToString(CultureInfo.InvariantCulture);
        // The limit times the margin in two parts, which stay within 64 bits.
        return new($"(credit_limit is not null and mixed = 0 and {exposure} > credit_limit + credit_limit / {Whole} * {margin} + credit_limit % {Whole} * {margin} / {Whole})") { Besides = MixedAsync };

        async Task<IReadOnlyList<long>> MixedAsync(IDatabase database, CompanyRef of, CancellationToken ct) =>
        [
            .. (await database.QueryAsync(of, "select number, doc from partners where company = @company and mixed = 1", [], row => (Number: row.GetInt64(0), Amounts: JsonSerializer.Deserialize<Amounts>(row.GetString(1), Json.State)!), ct))
                .Where(p => new CreditPosition(p.Amounts.CreditLimit, p.Amounts.Balance, p.Amounts.Uninvoiced ?? []).Warn(company)?.Code == CreditPosition.Exceeded).Select(p => p.Number),
        ];
    }

    /// <summary>Of a partner's document only what the warning is made of: contacts and the rest take far longer to read.</summary>
    private sealed record Amounts(Money CreditLimit, Balance? Balance, IReadOnlyList<Money>? Uninvoiced);
}
