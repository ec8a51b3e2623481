using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>One row for each plugin and company, which holds the last day that was counted.</summary>
internal sealed class RequestLedger(IDatabase database) : IRequestLedger
{
    private const string Take = """
        insert into plugin_requests (company, plugin, day, taken, refused) values (@company, @plugin, @day, @wanted, 0)
        on conflict (company, plugin) do update set taken = case when plugin_requests.day < excluded.day then excluded.taken else plugin_requests.taken + excluded.taken end, day = excluded.day, refused = 0
        where plugin_requests.day < excluded.day or (plugin_requests.day = excluded.day and plugin_requests.taken + excluded.taken <= @limit)
        """;

    public async Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most)
    {
        // The last of a day are fewer than a host takes at once.
        for (var wanted = Math.Min(most, limit); wanted > 0; wanted /= 2)
        {
            if (await database.ExecuteAsync(company, Take, [new("plugin", plugin), new("day", (long)day.DayNumber), new("wanted", (long)wanted), new("limit", (long)limit)], CancellationToken.None) > 0) return wanted;
        }
        await database.ExecuteAsync(company, "update plugin_requests set refused = 1 where company = @company and plugin = @plugin and day = @day", [new("plugin", plugin), new("day", (long)day.DayNumber)], CancellationToken.None);
        return 0;
    }

    /// <summary>The companies whose requests of a day are used up, by their ids; 0 = all, who have one number together.</summary>
    public Task<IReadOnlyList<int>> UsedUpAsync(string plugin, DateOnly day, CancellationToken ct) =>
        // An id has letters, digits and hyphens only; checked again here, because this text takes no arguments.
        PluginManifest.IsId(plugin) ? database.CompaniesWithAsync("plugin_requests", $"plugin = '{plugin}' and day = {day.DayNumber} and refused = 1", ct) : Task.FromResult<IReadOnlyList<int>>([]);
}
