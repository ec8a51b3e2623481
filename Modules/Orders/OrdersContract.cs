using Crm.Contracts;

namespace Crm.Orders;

/// <summary>Answers other modules.</summary>
internal sealed class OrdersContract(IDatabase database) : IOrders
{
    public async Task<IReadOnlyDictionary<long, long>> OfCasesAsync(CompanyRef company, IReadOnlyCollection<long> cases, CancellationToken ct)
    {
        if (cases.Count == 0) return new Dictionary<long, long>();
        var rows = await database.QueryAsync(company, $"select case_number, number from orders where company = @company and case_number in ({string.Join(", ", cases.Select((_, i) => $"@n{i}"))})",
            [.. cases.Select((n, i) => new Argument($"n{i}", n))], row => (Case: row.GetInt64(0), Order: row.GetInt64(1)), ct);
        return rows.ToDictionary(r => r.Case, r => r.Order);
    }

    public async Task<int> CountOfPartnerAsync(CompanyRef company, long partner, CancellationToken ct) =>
        (int)(await database.QueryAsync(company, "select count(*) from orders where company = @company and partner = @partner", [new("partner", partner)], row => row.GetInt64(0), ct))[0];
}
