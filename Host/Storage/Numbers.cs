namespace Crm.Host.Storage;

/// <summary>Rows by number, given as one text, so that a statement stays the same whichever and however many they are.</summary>
internal static class Numbers
{
    /// <summary>SQL that the rows with these numbers meet.</summary>
    public static string Among(this IStore store, string argument) => store.Dialect == "sqlite"
        ? $"number in (select value from json_each(@{argument}))" : $"number = any(string_to_array(btrim(@{argument}, '[]'), ',')::bigint[])";

    /// <summary>The argument.</summary>
    public static string Text(IEnumerable<long> numbers) => $"[{string.Join(',', numbers)}]";

    /// <summary>Rows by their keys; those that do not exist are left out.</summary>
    public static async Task<Dictionary<long, StoredRow>> LoadManyAsync(this IStore store, IEntity entity, CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 1)
        {
            var number = numbers.First();
            return await store.LoadAsync(entity, company.Id, number, ct) is { } one ? new() { [number] = one } : [];
        }
        var rows = await store.QueryAsync(company, $"select number, version, created_at, updated_at, doc from {entity.Table} where company = @company and {store.Among("numbers")}", [new("numbers", Text(numbers))],
            row => (Number: row.GetInt64(0), Row: new StoredRow(row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), Micros.ToInstant(row.GetInt64(3)), row.GetString(4))), ct);
        return rows.ToDictionary(r => r.Number, r => r.Row);
    }
}
