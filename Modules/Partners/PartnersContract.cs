using System.Data.Common;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Answers other modules.</summary>
internal sealed class PartnersContract(IActors actors, IDatabase database) : IPartners
{
    public async Task<PartnerBrief?> FindAsync(CompanyRef company, long number, CancellationToken ct) =>
        (await database.QueryAsync(company, "select name, owner from partners where company = @company and number = @number and deleted = 0", [new("number", number)],
            row => new PartnerBrief(number, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), ct)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<long, string>> NamesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new Dictionary<long, string>();
        var rows = await database.QueryAsync(company, $"select number, name from partners where company = @company and number in ({Names(numbers)})", Arguments(numbers), row => (Number: row.GetInt64(0), Name: row.GetString(1)), ct);
        return rows.ToDictionary(r => r.Number, r => r.Name);
    }

    public async Task<IReadOnlySet<long>> LiveAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new HashSet<long>();
        var rows = await database.QueryAsync(company, $"select number from partners where company = @company and deleted = 0 and number in ({Names(numbers)})", Arguments(numbers), row => row.GetInt64(0), ct);
        return rows.ToHashSet();
    }

    public async Task<IReadOnlyList<PartnerFacts>> FactsAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct) => numbers.Count == 0 ? [] :
        await database.QueryAsync(company, $"select number, version, doc from partners where company = @company and deleted = 0 and number in ({Names(numbers)})", Arguments(numbers), Facts, ct);

    public async Task<IReadOnlyList<PartnerFacts>> RegisteredAsync(CompanyRef company, IReadOnlyCollection<string> countries, long after, int most, CancellationToken ct) =>
        await database.QueryAsync(company,
            $"select number, version, doc from partners where company = @company and deleted = 0 and organisation_number is not null and number > @after{(countries.Count == 0 ? "" : $" and country in ({Names(countries)})")} order by number limit {most}",
            [.. Arguments(countries), new("after", after)], Facts, ct);

    public async ValueTask<IReadOnlySet<string>> TagsAsync(CompanyRef company, CancellationToken ct) => (await actors.SettingsAsync(company, ct)).Get<PartnerSettings>().Tags.Select(c => c.Key).ToHashSet();

    public async Task<ILookup<string, long>> WithOrganisationNumbersAsync(CompanyRef company, IReadOnlyCollection<string> organisationNumbers, CancellationToken ct)
    {
        var given = organisationNumbers.ToLookup(WrittenNumber.Compact);
        List<(string Given, long Number)> found = [];
        foreach (var some in given.Select(g => g.Key).Chunk(500))
        {
            var rows = await database.QueryAsync(company, $"select organisation_number, number from partners where company = @company and deleted = 0 and organisation_number in ({Names(some)})", Arguments(some),
                row => (OrganisationNumber: row.GetString(0), Number: row.GetInt64(1)), ct);
            found.AddRange(rows.SelectMany(r => given[r.OrganisationNumber].Distinct().Select(spelling => (spelling, r.Number))));
        }
        return found.ToLookup(f => f.Given, f => f.Number);
    }

    private static string Names<T>(IReadOnlyCollection<T> values) => string.Join(", ", Enumerable.Range(0, values.Count).Select(i => $"@n{i}"));

    private static Argument[] Arguments<T>(IReadOnlyCollection<T> values) => [.. values.Select((value, i) => new Argument($"n{i}", value))];

    private static PartnerFacts Facts(DbDataReader row)
    {
        var p = JsonSerializer.Deserialize<Partner>(row.GetString(2), Json.State)!;
        return new()
        {
            Number = row.GetInt64(0), Version = row.GetInt64(1), Name = p.Name, Country = p.Country, OrganisationNumber = p.OrganisationNumber, VatNumber = p.VatNumber, LegalForm = p.LegalForm, Employees = p.Employees,
            Website = p.Website, Phone = p.Phone, Email = p.Email, Visiting = Facts(p.Visiting), Postal = Facts(p.Postal),
        };
    }

    private static AddressFacts? Facts(Address? address) => address is null ? null : new(address.Street, address.PostalCode, address.City, address.Country);
}
