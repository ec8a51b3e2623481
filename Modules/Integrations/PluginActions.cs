using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Http;

namespace Crm.Integrations;

/// <summary>What the operator does with plugins. A change is proved on this host before it is stored, so a version that cannot serve never becomes what is wanted.</summary>
internal sealed class PluginActions(IActors actors, IDatabase database, PackageStore packages, IPluginEngine engine, PluginKeeper keeper, RequestLedger requests, IAccess access, PackageTrust trust, TimeProvider clock)
{
    private const int MostNamed = 5;

    /// <summary>All of them; of the packages only the one that stands for its plugin is read, so that the plugin has a name.</summary>
    public async Task<IReadOnlyList<PluginView>> AllAsync(CancellationToken ct)
    {
        List<PluginView> plugins = [];
        foreach (var row in (await RowsAsync<InstalledPlugin>("plugins", ct)).OrderBy(r => r.State.Id, StringComparer.Ordinal))
        {
            var words = await WordsAsync(row.State, ct);
            var view = await ShownAsync(row, ct);
            plugins.Add(view with { Versions = [.. view.Versions.Select(v => v.Version == words?.Version ? v with { Manifest = words } : v)] });
        }
        return plugins;
    }

    public Task<IReadOnlyList<Row<Publisher>>> PublishersAsync(CancellationToken ct) => RowsAsync<Publisher>("plugin_publishers", ct);

    public async Task<Answer<PluginView>> OneAsync(string id, CancellationToken ct)
    {
        if (await RowAsync(id, ct) is not { } row) return Refusal.NotFound("plugin");
        var view = await ShownAsync(row, ct);
        List<StoredVersionView> versions = [];
        foreach (var (stored, shown) in row.State.Versions.Zip(view.Versions)) versions.Add(shown with { Manifest = await packages.ManifestAsync(stored, ct) });
        return Answers.WithVersion(view with { Versions = versions }, row.Version);
    }

    public async Task<Answer<PluginView>> UploadAsync(Call call, byte[] zip, CancellationToken ct)
    {
        PluginPackage package;
        string? signer;
        try
        {
            package = PluginPackage.Read(zip);
            signer = await trust.SignerAsync(package, ct);
            engine.Inspect(package);
        }
        catch (PackageException refused) { return Refusal.Invalid(refused.Code, refused.Message); }
        var (id, publisher) = (package.Manifest.Id, package.Manifest.Publisher);
        var version = new StoredVersion(package.Manifest.Version, package.Sha256, zip.Length, signer, clock.GetUtcNow(), call.Caller.Name);
        var reply = await SendAsync(call with { DryRun = true });
        if (!call.DryRun && reply is { Refusal: null, Replayed: null })
        {
            await packages.SaveAsync(package);
            reply = await SendAsync(call);
        }
        var answer = reply.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
        return answer.Status == StatusCodes.Status201Created ? answer.Made(call, $"plugins/{id}") : answer;

        async Task<Reply<InstalledPlugin>> SendAsync(Call call) => await keeper.NumberAsync(id, ct) is { } number
            ? await actors.SendAsync(call, number, new AddVersion(publisher, version), ct) : await actors.CreateAsync(call, new InstallPlugin(id, publisher, version), ct);
    }

    public async Task<Answer<PluginView>> ChangeAsync(Call call, string id, ICommand<InstalledPlugin> command, CancellationToken ct)
    {
        if (await RowAsync(id, ct) is not { State: var before, Number: var number }) return Refusal.NotFound("plugin");
        // With its key: what was answered before is answered again, and nothing that serves is touched.
        var would = await actors.SendAsync(call with { DryRun = true }, number, command, ct);
        if (would.Refusal is { } no) return no;
        if (would.Replayed is not null) return would.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
        foreach (var version in Beginning(before, would.Row!.State)) if (await trust.RefusesAsync(version, ct) is { } untrusted) return untrusted;
        if (call.DryRun) return would.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
        try { if (would.Changed) await keeper.ProveAsync(would.Row.State, ct); }
        catch (PackageException refused) { return Refusal.Invalid(refused.Code, refused.Message); }
        try
        {
            var reply = await actors.SendAsync(call, number, command, ct);
            if (reply is not { Row: { } row, Replayed: null }) return reply.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
            foreach (var gone in before.Versions.Where(v => row.State.Version(v.Version) is null)) await packages.RemoveAsync(gone);
            return Answers.WithVersion(await ShownAsync(row, ct), row.Version);
        }
        finally { await keeper.FollowAsync(CancellationToken.None); }
    }

    /// <summary>What a plugin says of itself: its active version, or else the newest; null = that cannot be read.</summary>
    public async Task<PluginManifest?> WordsAsync(InstalledPlugin plugin, CancellationToken ct) =>
        (plugin.WantedByAll ?? (plugin.Versions is [.., var newest] ? newest : null)) is { } version ? await packages.ManifestAsync(version, ct) : null;

    /// <summary>The versions that a change lets serve somebody whom they did not serve before.</summary>
    private static IEnumerable<StoredVersion> Beginning(InstalledPlugin before, InstalledPlugin after)
    {
        var already = before.WantedByCompany().ToDictionary();
        return after.WantedByCompany().Where(c => already.GetValueOrDefault(c.Key) != c.Value).Select(c => c.Value).Append(after.WantedByAll == before.WantedByAll ? null : after.WantedByAll).OfType<StoredVersion>().Distinct();
    }

    private async Task<PluginView> ShownAsync(Row<InstalledPlugin> row, CancellationToken ct) =>
        PluginView.Of(row) with { Problem = keeper.ProblemOf(row.State.Id), UsedUp = await UsedUpAsync(row.State.Id, ct), InMemory = engine.Report(row.State.Id).Versions };

    /// <summary>Whose requests of today are used up, in a sentence.</summary>
    private async Task<string?> UsedUpAsync(string id, CancellationToken ct)
    {
        if (await requests.UsedUpAsync(id, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct) is not { Count: > 0 } companies) return null;
        var slugs = companies.Contains(0) ? [] : (await access.CompaniesAsync(ct)).Where(c => companies.Contains(c.Id)).Select(c => c.Slug).Order(StringComparer.Ordinal).ToArray();
        var whom = companies.Contains(0) ? "all companies" : string.Join(", ", slugs.Take(MostNamed)) + (companies.Count > MostNamed ? $" and {companies.Count - MostNamed} more" : "");
        return $"The requests of today are used up for {whom}. The next ones are sent after midnight UTC.";
    }

    public async Task<Row<InstalledPlugin>?> RowAsync(string id, CancellationToken ct) =>
        await keeper.NumberAsync(id, ct) is { } number ? await actors.ReadAsync<InstalledPlugin>(CompanyRef.System, number, ct) : null;

    private async Task<IReadOnlyList<Row<TState>>> RowsAsync<TState>(string table, CancellationToken ct) where TState : class =>
        await database.QueryAsync(CompanyRef.System, $"select number, version, created_at, updated_at, doc from {table} where company = @company order by number", [],
            row => new Row<TState>(row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), Micros.ToInstant(row.GetInt64(3)), JsonSerializer.Deserialize<TState>(row.GetString(4), Json.State)!), ct);
}
