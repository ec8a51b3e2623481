using Crm.Plugins;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Integrations;

/// <summary>Secrets of integrations, and what plugins keep: encrypted in the database, each row for one company and one plugin.</summary>
internal sealed class Secrets(IDatabase database, IDataProtectionProvider protection)
{
    private const int MostKeys = 1_000, MostCharacters = 65_536, MostKeyCharacters = 200;
    private readonly IDataProtector _protector = protection.CreateProtector("integrations");

    /// <summary>The values by their rows; a row that is not there is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CompanyRef company, string plugin, IEnumerable<string> rows, CancellationToken ct) =>
        (await database.QueryAsync(company, "select name, value from integration_secrets where company = @company and plugin = @plugin", [new("plugin", plugin)], row => (Name: row.GetString(0), Value: row.GetString(1)), ct))
            .Where(s => rows.Contains(s.Name)).ToDictionary(s => s.Name, s => Protector(company, plugin).Unprotect(s.Value));

    public Task WriteAsync(CompanyRef company, string plugin, string row, string value, CancellationToken ct) => WriteAsync("integration_secrets", company, plugin, row, value, ct);

    public async Task RemoveAsync(CompanyRef company, string plugin, IEnumerable<string> rows)
    {
        foreach (var row in rows) await WriteAsync("integration_secrets", company, plugin, row, null, CancellationToken.None);
    }

    /// <summary>What a plugin keeps about a company.</summary>
    public IPluginStore StoreOf(CompanyRef company, string plugin) => new Store(this, company, plugin);

    private Task<int> WriteAsync(string table, CompanyRef company, string plugin, string name, string? value, CancellationToken ct) => value is null
        ? database.ExecuteAsync(company, $"delete from {table} where company = @company and plugin = @plugin and name = @name", [new("plugin", plugin), new("name", name)], ct)
        : database.ExecuteAsync(company, $"insert into {table} (company, plugin, name, value) values (@company, @plugin, @name, @value) on conflict (company, plugin, name) do update set value = excluded.value",
            [new("plugin", plugin), new("name", name), new("value", Protector(company, plugin).Protect(value))], ct);

    /// <summary>A row that was copied to another company or plugin cannot be read there.</summary>
    private IDataProtector Protector(CompanyRef company, string plugin) => _protector.CreateProtector($"{company.Id}", plugin);

    private sealed class Store(Secrets secrets, CompanyRef company, string plugin) : IPluginStore
    {
        public async ValueTask<string?> GetAsync(string key, CancellationToken ct)
        {
            var values = await AskAsync(() => secrets.QueryAsync(company, plugin, key, ct));
            return values.Count == 0 ? null : secrets.Protector(company, plugin).Unprotect(values[0]);
        }

        public async ValueTask SetAsync(string key, string? value, CancellationToken ct)
        {
            if (key is not { Length: > 0 and <= MostKeyCharacters } || value is { Length: > MostCharacters }) throw new PluginException(PluginErrorKind.Invalid, $"A key has 1 to {MostKeyCharacters} characters and a value up to {MostCharacters}.");
            if (value is not null && (await AskAsync(() => secrets.CountOthersAsync(company, plugin, key, ct)))[0] >= MostKeys) throw new PluginException(PluginErrorKind.Invalid, $"A plugin keeps up to {MostKeys} keys for a company.");
            await AskAsync(() => secrets.WriteAsync("plugin_values", company, plugin, key, value, ct));
        }

        private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
        {
            try { return await ask(); }
            catch (StorageException) { throw new PluginException(PluginErrorKind.Unavailable, "The database does not answer."); }
        }
    }

    private Task<List<string>> QueryAsync(CompanyRef company, string plugin, string name, CancellationToken ct) =>
        database.QueryAsync(company, "select value from plugin_values where company = @company and plugin = @plugin and name = @name", [new("plugin", plugin), new("name", name)], row => row.GetString(0), ct);

    private Task<List<long>> CountOthersAsync(CompanyRef company, string plugin, string name, CancellationToken ct) =>
        database.QueryAsync(company, "select count(*) from plugin_values where company = @company and plugin = @plugin and name <> @name", [new("plugin", plugin), new("name", name)], row => row.GetInt64(0), ct);
}
