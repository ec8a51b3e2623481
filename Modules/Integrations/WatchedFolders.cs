using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Integrations;

/// <summary>
/// Lets what a plugin's author builds serve at once: packages (<c>*.plugin.zip</c>) and the build's own folders (with <c>plugin.json</c> beside the output) are
/// uploaded and activated when they are new or have changed, by the same steps as over the API. Only where folders are named; nothing for a server that people work on.
/// </summary>
internal sealed partial class WatchedFolders(WatchOptions options, PluginActions actions, PackageTrust trust, TimeProvider clock, ILogger<WatchedFolders> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Seen> _seen = [];

    /// <summary>Takes what has come or changed.</summary>
    /// <param name="isFinished">True = nobody writes there now. Else a package has to look the same twice, because its copying or building may go on.</param>
    /// <param name="ct">Cancels between two packages.</param>
    public async Task LookAsync(bool isFinished, CancellationToken ct)
    {
        var sources = options.Folders.SelectMany(Source.In).ToArray();
        foreach (var gone in _seen.Keys.Except(sources.Select(s => s.Path)).ToArray()) _seen.Remove(gone);
        // Of two packages of one plugin the newer one has the last word.
        foreach (var source in sources.OrderBy(s => s.WrittenAt))
        {
            var isSame = _seen.TryGetValue(source.Path, out var seen) && seen.Print == source.Print;
            if (isSame && seen!.IsDone) continue;
            var isDone = (isSame || isFinished) && await TakeAsync(source, ct);
            _seen[source.Path] = new(source.Print, isDone);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var folder in options.Folders) Watching(log, folder, trust.AllowUnsigned ? "unsigned packages are taken" : "signed packages only");
        while (options.Folders.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(isFinished: false, stoppingToken);
                await Task.Delay(Look, clock, stoppingToken);
            }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (Exception unforeseen)
            {
                // A folder that cannot be looked at is no reason for the server to end.
                CannotLook(log, unforeseen);
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Uploads and activates a package; false = something passing is in the way, so the next look tries again.</summary>
    private async Task<bool> TakeAsync(Source source, CancellationToken ct)
    {
        try
        {
            var package = await AsNewVersionAsync(source.Pack(), ct);
            var (id, version, call) = (package.Manifest.Id, package.Manifest.Version, Call.System(CompanyRef.System));
            var refusal = (await actions.UploadAsync(call, package.Zip, ct)).Refusal ?? (await actions.ChangeAsync(call, id, new ActivateVersion(version), ct)).Refusal;
            if (refusal is { Kind: RefusalKind.Unavailable }) return false;
            if (refusal is null) Serves(log, id, version, source.Path);
            else Refused(log, source.Path, refusal.Code, refusal.Detail);
            return true;
        }
        catch (Exception passing) when (passing is IOException or StorageException) { return false; }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            Refused(log, source.Path, (refused as PackageException)?.Code ?? "package.unreadable", refused.Message);
            return true;
        }
    }

    /// <summary>
    /// A version means the same code for ever, and an author builds the same version many times: what differs from the version that is here gets a name
    /// of its own, by its content. Where only signed packages are taken that cannot be, and the package is refused as over the API.
    /// </summary>
    private async Task<PluginPackage> AsNewVersionAsync(PluginPackage package, CancellationToken ct)
    {
        var there = (await actions.RowAsync(package.Manifest.Id, ct))?.State.Version(package.Manifest.Version);
        if (there is null || there.Sha256 == package.Sha256 || !trust.AllowUnsigned) return package;
        var manifest = JsonNode.Parse(package.Files[PluginPackage.ManifestFile])!.AsObject();
        manifest["version"] = $"{package.Manifest.Version}-dev.{package.Sha256[..8]}";
        var others = package.Files.Where(f => f.Key is not (PluginPackage.ManifestFile or PluginPackage.SignatureFile));
        return PluginPackage.Pack([.. others, new(PluginPackage.ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest))]);
    }

    /// <summary>How a package looked, and whether it was taken or refused like that.</summary>
    private sealed record Seen(string Print, bool IsDone);

    [LoggerMessage(Level = LogLevel.Information, Message = "Watching {Folder} for plugins: {Which}")]
    private static partial void Watching(ILogger logger, string folder, string which);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} serves in version {Version}, from {Path}")]
    private static partial void Serves(ILogger logger, string plugin, string version, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The watched folders could not be looked at")]
    private static partial void CannotLook(ILogger logger, Exception why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is refused: {Code}. {Reason} It is tried again when it has changed")]
    private static partial void Refused(ILogger logger, string path, string code, string reason);

    /// <summary>A package file or a folder that one can be made of.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="Print">Changes when a file of it does.</param>
    /// <param name="WrittenAt">When that last happened.</param>
    /// <param name="Bytes">Of all its files.</param>
    private sealed record Source(string Path, string Print, DateTime WrittenAt, long Bytes)
    {
        /// <summary>What a folder has to offer: itself, or what is in it.</summary>
        public static IEnumerable<Source> In(string folder)
        {
            try
            {
                if (HasManifest(folder)) return [Of(folder, Directory.GetFiles(folder, "*", SearchOption.AllDirectories))];
                return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.plugin.zip").Select(f => Of(f, [f])), .. Directory.GetDirectories(folder).Where(HasManifest).SelectMany(In)] : [];
            }
            catch (Exception changing) when (changing is IOException or UnauthorizedAccessException) { return []; }
        }

        public PluginPackage Pack() => Bytes > PluginPackage.MaxUnpacked ? throw new PackageException("package.tooLarge", $"A package has up to {PluginPackage.MaxUnpacked >> 20} MB.")
            : Directory.Exists(Path) ? PluginPackage.PackFolder(Path) : PluginPackage.Read(File.ReadAllBytes(Path));

        private static bool HasManifest(string folder) => File.Exists(System.IO.Path.Combine(folder, PluginPackage.ManifestFile));

        private static Source Of(string path, string[] files)
        {
            var infos = files.Order(StringComparer.Ordinal).Select(f => new FileInfo(f)).ToArray();
            return new(path, string.Join('\n', infos.Select(f => $"{f.FullName} {f.Length} {f.LastWriteTimeUtc.Ticks}")), infos.Max(f => f.LastWriteTimeUtc), infos.Sum(f => f.Length));
        }
    }
}

/// <summary>The folders of setting <c>Plugins:Watch</c>: its value, and one for each name below it (<c>Plugins:Watch:0</c>); none = nothing is watched.</summary>
internal sealed record WatchOptions(IReadOnlyList<string> Folders)
{
    public static WatchOptions Of(IConfigurationSection watch) =>
        new([.. watch.GetChildren().Select(c => c.Value).Prepend(watch.Value).Where(f => !string.IsNullOrWhiteSpace(f)).Select(f => Path.GetFullPath(f!)).Distinct()]);
}
