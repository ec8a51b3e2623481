using System.Text.Json;
using Crm.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Crm.Integrations;

/// <summary>
/// Switches on, in each demo company, the plugins that the file of setting <c>Demo:Integrations</c> names, with the file's settings: those of servers that
/// stand in for the real ones. Without the file no plugin is switched on. One that a company has touched since stays as the company wants it.
/// </summary>
internal sealed partial class IntegrationDemo(IConfiguration configuration, IActors actors, PluginKeeper keeper, WatchedFolders folders, IntegrationWriting writing, ILogger<IntegrationDemo> log) : IDemoData
{
    public int Order => 9;

    public bool IsRepeated => true;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        if (configuration["Demo:Integrations"] is not { Length: > 0 } file) return;
        await using var stream = File.OpenRead(file);
        var wanted = (await JsonSerializer.DeserializeAsync<Dictionary<string, Dictionary<string, JsonElement>>>(stream, cancellationToken: ct))!;
        // What an earlier start has installed, and what was built for this one.
        await keeper.FollowAsync(ct);
        await folders.LookAsync(isFinished: true, ct);
        var mine = (await actors.SettingsAsync(company.Company, ct)).Get<Integrations>();
        foreach (var (plugin, settings) in wanted.GetValueOrDefault(company.Company.Slug) ?? [])
        {
            if (mine.Of(plugin) is not null) continue;
            if (keeper.ManifestFor(plugin, company.Company) is not { } manifest) NotThere(log, plugin, company.Company.Slug);
            else if ((await writing.ChangeAsync(Call.System(company.Company), manifest, new() { Enabled = true, Settings = settings }, ct)).Refusal is { } refusal) throw new InvalidOperationException($"{plugin}: {refusal.Detail}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plugin {Plugin} is not here, so {Company} goes without it")]
    private static partial void NotThere(ILogger logger, string plugin, string company);
}
