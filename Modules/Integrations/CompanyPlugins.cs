using System.Collections.Concurrent;
using System.Security.Cryptography;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>Calls plugins with a company's own settings.</summary>
internal sealed class CompanyPlugins(IActors actors, PluginKeeper keeper, IPluginEngine engine, Secrets secrets, TokenKeeper tokens) : IPlugins
{
    private readonly ConcurrentDictionary<(int Company, string Plugin), Made> _connections = new();

    public async ValueTask<IReadOnlyList<PluginManifest>> InUseAsync(CompanyRef company, string? capability, CancellationToken ct)
    {
        var plugins = (await actors.SettingsAsync(company, ct)).Get<Integrations>().Plugins;
        return [.. plugins.Where(p => p.Value.Enabled).Select(p => keeper.ManifestFor(p.Key, company)).OfType<PluginManifest>().Where(m => capability is null || m.Capabilities.Contains(capability)).OrderBy(m => m.Id, StringComparer.Ordinal)];
    }

    public async ValueTask<int> GenerationAsync(CompanyRef company, string plugin, CancellationToken ct) => (await actors.SettingsAsync(company, ct)).Get<Integrations>().Of(plugin)?.Generation ?? 0;

    public async ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        CompanyRef company, string plugin, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class
    {
        var integration = (await actors.SettingsAsync(company, ct)).Get<Integrations>().Of(plugin);
        if (integration is not { Enabled: true }) return new PluginFailure(PluginErrorKind.NotConfigured, $"The plugin {plugin} is not switched on.");
        return await CallAsync(company, plugin, integration, argument, call, ct, terms);
    }

    /// <summary>A call with settings that need not be switched on, for trying them.</summary>
    public async ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        CompanyRef company, string plugin, Integration integration, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class
    {
        if (keeper.ManifestFor(plugin, company) is not { } manifest) return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {plugin} is not active.");
        var made = _connections.GetValueOrDefault((company.Id, plugin));
        if (made is null || made.Generation != integration.Generation || !ReferenceEquals(made.Schema, manifest.Settings))
        {
            var (connection, failure) = await ConnectAsync(company, integration, manifest, ct);
            if (failure is not null) return failure;
            _connections[(company.Id, plugin)] = made = new(integration.Generation, manifest.Settings, connection!);
        }
        return await engine.CallAsync(plugin, made.Connection, argument, call, ct, terms);
    }

    /// <summary>A company's settings for a plugin, with defaults and secrets, or why there are none.</summary>
    public async Task<(PluginSettings? Settings, PluginFailure? Failure)> SettingsAsync(CompanyRef company, Integration integration, PluginManifest manifest, CancellationToken ct) =>
        await ConnectAsync(company, integration, manifest, ct) is (var connection, var failure) ? (connection?.Settings, failure) : default;

    private async Task<(PluginConnection?, PluginFailure?)> ConnectAsync(CompanyRef company, Integration integration, PluginManifest manifest, CancellationToken ct)
    {
        var (plugin, schema) = (manifest.Id, manifest.Settings);
        var values = integration.Values();
        try
        {
            var hidden = await secrets.ReadAsync(company, plugin, integration.Secrets.Values.Select(s => s.Row), ct);
            foreach (var (name, secret) in integration.Secrets)
            {
                if (!hidden.TryGetValue(secret.Row, out var value)) return (null, new(PluginErrorKind.Unavailable, "The settings were changed a moment ago. Try again."));
                if (schema.Properties.GetValueOrDefault(name) is { IsSecret: true }) values[name] = value;
            }
        }
        catch (CryptographicException) { return (null, new(PluginErrorKind.NotConfigured, "The secrets cannot be read with this server's keys. Set them again.")); }
        // A setting that this version does not know stays for the version that does; one that it refuses was set for another version.
        var known = schema.Known(values);
        if (schema.Refuses(known).FirstOrDefault() is { Name: { } wrong, Problem: var problem }) return (null, new(PluginErrorKind.NotConfigured, $"The setting {wrong} {problem}"));
        var all = schema.WithDefaults(known);
        var hosts = schema.Properties.Where(p => p.Value.IsHost && all.TryGetProperty(p.Key, out _)).Select(p => new Uri(all.GetProperty(p.Key).GetString()!).IdnHost);
        var settings = new PluginSettings(all);
        return (new(company, settings, hosts.ToHashSet(StringComparer.OrdinalIgnoreCase), secrets.StoreOf(company, plugin), tokens.For(company, manifest, settings)), null);
    }

    private sealed record Made(int Generation, SettingsSchema Schema, PluginConnection Connection);
}
