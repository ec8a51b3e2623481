using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Answers other modules.</summary>
internal sealed class PartnersContract(IDatabase database) : IPartners
{
    public async Task<PartnerBrief?> FindAsync(CompanyRef company, long number, CancellationToken ct) =>
        (await database.QueryAsync(company, "select name, owner from partners where company = @company and number = @number and deleted = 0", [new("number", number)],
            row => new PartnerBrief(number, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ct)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<long, string>> NamesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new Dictionary<long, string>();
        var rows = await database.QueryAsync(company, $"select number, name from partners where company = @company and number in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})",
            [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => (Number: row.GetInt64(0), Name: row.GetString(1)), ct);
        return rows.ToDictionary(r => r.Number, r => r.Name);
    }

    public async Task<IReadOnlySet<long>> LiveAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new HashSet<long>();
        var rows = await database.QueryAsync(company, $"select number from partners where company = @company and deleted = 0 and number in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})",
            [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => row.GetInt64(0), ct);
        return rows.ToHashSet();
    }
}
