using System.Text.Json;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>The requests and answers of tries, so that somebody can see why a system refused a customer. They are no part of what happened, and are kept for a month.</summary>
internal sealed class Exchanges(IDatabase database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task KeepAsync(CompanyRef company, long push, int attempt, List<PluginExchange> seen, CancellationToken ct)
    {
        PluginExchange[] all;
        lock (seen) all = [.. seen];
        if (all.Length == 0) return;
        var values = string.Join(", ", all.Select((_, i) => $"(@company, @push, @attempt, {i}, @at{i}, @doc{i})"));
        await database.ExecuteAsync(company, $"insert into accounting_exchanges (company, push, attempt, place, at, doc) values {values} on conflict do nothing",
            [new("push", push), new("attempt", (long)attempt), .. all.SelectMany((e, i) => new Argument[] { new($"at{i}", Micros.Of(e.At)), new($"doc{i}", JsonSerializer.Serialize(e, Json.State)) })], ct);
    }

    public async Task<ILookup<int, PluginExchange>> OfAsync(CompanyRef company, long push, CancellationToken ct) =>
        (await database.QueryAsync(company, "select attempt, doc from accounting_exchanges where company = @company and push = @push order by attempt, place", [new("push", push)],
            row => (Attempt: (int)row.GetInt64(0), Exchange: JsonSerializer.Deserialize<PluginExchange>(row.GetString(1), Json.State)!), ct)).ToLookup(e => e.Attempt, e => e.Exchange);

    /// <summary>Forgets those that are old.</summary>
    public async Task ForgetAsync(IEnumerable<CompanyRef> companies, CancellationToken ct)
    {
        var before = Micros.Of(clock.GetUtcNow() - Kept);
        var with = await database.CompaniesWithAsync("accounting_exchanges", $"at < {before}", ct);
        foreach (var company in companies.Where(c => with.Contains(c.Id)))
            await database.ExecuteAsync(company, "delete from accounting_exchanges where company = @company and at < @before", [new("before", before)], ct);
    }
}
