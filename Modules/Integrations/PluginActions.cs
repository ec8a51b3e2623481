using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>Whether packages that nobody signed are taken: section <c>Plugins</c>, <c>AllowUnsigned</c>.</summary>
internal sealed record PackageTrust(bool AllowUnsigned);

/// <summary>What the operator does with plugins. A change is proved on this host before it is stored, so a version that cannot serve never becomes what is wanted.</summary>
internal sealed class PluginActions(IActors actors, IDatabase database, IFiles files, IPluginEngine engine, PluginKeeper keeper, RequestLedger requests, IAccess access, PackageTrust trust, TimeProvider clock)
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
        foreach (var (stored, shown) in row.State.Versions.Zip(view.Versions)) versions.Add(shown with { Manifest = await ManifestAsync(stored, ct) });
        return Answers.WithVersion(view with { Versions = versions }, row.Version);
    }

    public async Task<Answer<PluginView>> UploadAsync(Call call, byte[] zip, CancellationToken ct)
    {
        PluginPackage package;
        string? signer;
        try
        {
            package = PluginPackage.Read(zip);
            signer = await SignerAsync(package, ct);
            engine.Inspect(package);
        }
        catch (PackageException refused) { return Refusal.Invalid(refused.Code, refused.Message); }
        var version = new StoredVersion(package.Manifest.Version, package.Sha256, zip.Length, signer, clock.GetUtcNow(), call.Caller.Name);
        // The file is named by its content: storing it first, or twice, harms nobody.
        if (!call.DryRun) await files.SaveAsync(CompanyRef.System, PluginKeeper.FileOf(package.Sha256), new MemoryStream(zip, writable: false), PluginPackage.MaxPacked, ct);
        var reply = await keeper.NumberAsync(package.Manifest.Id, ct) is { } number
            ? await actors.SendAsync(call, number, new AddVersion(version), ct) : await actors.CreateAsync(call, new InstallPlugin(package.Manifest.Id, version), ct);
        return reply.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
    }

    public async Task<Answer<PluginView>> ChangeAsync(Call call, string id, ICommand<InstalledPlugin> command, CancellationToken ct)
    {
        if (await keeper.NumberAsync(id, ct) is not { } number) return Refusal.NotFound("plugin");
        // With its key: what was answered before is answered again, and nothing that serves is touched.
        var would = await actors.SendAsync(call with { DryRun = true }, number, command, ct);
        if (would.Refusal is { } no) return no;
        if (call.DryRun || would.Replayed is not null) return would.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
        try { if (would.Changed) await keeper.ProveAsync(would.Row!.State, ct); }
        catch (PackageException refused) { return Refusal.Invalid(refused.Code, refused.Message); }
        try
        {
            var reply = await actors.SendAsync(call, number, command, ct);
            return reply.Row is { } row && reply.Replayed is null ? Answers.WithVersion(await ShownAsync(row, ct), row.Version) : reply.ToAnswer<PluginView, InstalledPlugin>(call, "plugins");
        }
        finally { await keeper.FollowAsync(CancellationToken.None); }
    }

    /// <summary>What a plugin says of itself: its active version, or else the newest; null = that cannot be read.</summary>
    public async Task<PluginManifest?> WordsAsync(InstalledPlugin plugin, CancellationToken ct) =>
        (plugin.Version(plugin.Active) ?? (plugin.Versions is [.., var newest] ? newest : null)) is { } version ? await ManifestAsync(version, ct) : null;

    /// <summary>The key that signed a package; null = nobody signed it, and this server takes such packages.</summary>
    private async Task<string?> SignerAsync(PluginPackage package, CancellationToken ct)
    {
        var trusted = (await PublishersAsync(ct)).Select(r => r.State).Where(p => p.RevokedAt is null).ToArray();
        var signature = PluginSignature.Verify(package, (publisher, key) => trusted.FirstOrDefault(p => p.Name == publisher && p.KeyId == key)?.PublicKey);
        return signature is not null || trust.AllowUnsigned ? signature?.Key : throw new PackageException("signature.missing", "Nobody has signed this package. Only a server for development takes such packages (Plugins:AllowUnsigned).");
    }

    private async Task<PluginManifest?> ManifestAsync(StoredVersion version, CancellationToken ct)
    {
        try { return (await keeper.PackageAsync(version, ct)).Manifest; }
        catch (PackageException) { return null; }
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
