using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Testing;

/// <summary>A call as the server makes it, for tests of a plugin's class: everything that the plugin does with it can be looked at.</summary>
public sealed class FakePluginCall : IPluginCall, IProgress<PluginProgress>, IDisposable
{
    private readonly ConcurrentQueue<PluginProgress> _reported = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly ConcurrentQueue<string> _refusedTokens = new();

    /// <summary>A call without a manifest: the settings are taken as they are, and every host may be called.</summary>
    /// <param name="upstream">Answers the plugin's requests; not disposed.</param>
    /// <param name="settings">A JSON object.</param>
    public FakePluginCall(HttpMessageHandler upstream, string settings = "{}") : this(upstream, PluginSettings.Parse(settings), _ => true) { }

    /// <summary>A call under a manifest: its defaults count, and no other hosts can be called than it and the settings allow.</summary>
    /// <param name="upstream">Answers the plugin's requests; not disposed.</param>
    /// <param name="manifest">Such as <c>PluginManifest.Parse(File.ReadAllBytes("plugin.json"))</c>.</param>
    /// <param name="settings">A JSON object.</param>
    /// <exception cref="ArgumentException">The settings are not as the manifest's schema describes them.</exception>
    public FakePluginCall(HttpMessageHandler upstream, PluginManifest manifest, string settings = "{}") : this(upstream, manifest, Checked(manifest, settings)) { }

    private FakePluginCall(HttpMessageHandler upstream, PluginManifest manifest, JsonElement settings) : this(upstream, new PluginSettings(settings), new AllowedHosts(manifest.Hosts, HostsOf(manifest, settings)).Allow) { }

    private FakePluginCall(HttpMessageHandler upstream, PluginSettings settings, Func<Uri, bool> isAllowed) =>
        (Settings, Http) = (settings, new HttpClient(new HostCheck(upstream, isAllowed, _refused)) { Timeout = Timeout.InfiniteTimeSpan });

    /// <inheritdoc />
    public string Company { get; init; } = "c1";

    /// <inheritdoc />
    public PluginSettings Settings { get; }

    /// <inheritdoc />
    public HttpClient Http { get; }

    /// <summary>What the plugin has logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>Says noon on the first of June 2026 until a test sets it.</summary>
    public TestClock Clock { get; init; } = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What the plugin has kept.</summary>
    public MemoryStore Store { get; init; } = new();

    /// <summary>How far the plugin has told that it has come, in order.</summary>
    public IReadOnlyCollection<PluginProgress> Reported => _reported;

    /// <summary>Hosts that the plugin tried to call and may not.</summary>
    public IReadOnlyCollection<string> RefusedHosts => _refused;

    /// <inheritdoc />
    public string? IdempotencyKey { get; init; }

    /// <summary>The access token that the plugin gets; another when it says that this one was refused.</summary>
    public string AccessToken { get; set; } = "token";

    /// <summary>The tokens that the plugin has said were refused.</summary>
    public IReadOnlyCollection<string> RefusedTokens => _refusedTokens;

    /// <inheritdoc />
    public ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (refused is not null) _refusedTokens.Enqueue(refused);
        return ValueTask.FromResult(refused == AccessToken ? AccessToken = $"{refused}+" : AccessToken);
    }

    IPluginLog IPluginCall.Log => Log;
    TimeProvider IPluginCall.Clock => Clock;
    IPluginStore IPluginCall.Store => Store;
    IProgress<PluginProgress> IPluginCall.Progress => this;

    void IProgress<PluginProgress>.Report(PluginProgress value) => _reported.Enqueue(value);

    /// <summary>Ends the client.</summary>
    public void Dispose() => Http.Dispose();

    private static JsonElement Checked(PluginManifest manifest, string settings)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        using var json = JsonDocument.Parse(settings);
        return manifest.Settings.Refuses(json.RootElement).Select(p => $"{p.Name} {p.Problem}").ToArray() is { Length: > 0 } problems
            ? throw new ArgumentException($"Settings: {string.Join(' ', problems)}", nameof(settings)) : manifest.Settings.WithDefaults(json.RootElement);
    }

    private static HashSet<string> HostsOf(PluginManifest manifest, JsonElement settings)
    {
        var values = new PluginSettings(settings);
        return [.. manifest.Settings.Properties.Where(p => p.Value.IsHost).Select(p => values.Text(p.Key)).OfType<string>().Select(address => new Uri(address).IdnHost)];
    }

    /// <summary>Passes on, and leaves the inner handler to whoever made it.</summary>
    private sealed class HostCheck(HttpMessageHandler upstream, Func<Uri, bool> isAllowed, ConcurrentQueue<string> refused) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _upstream = new(upstream, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { IsAbsoluteUri: true } address && isAllowed(address)) return _upstream.SendAsync(request, cancellationToken);
            refused.Enqueue($"{request.RequestUri?.Host}");
            throw new PluginException(PluginErrorKind.Forbidden, $"The host {request.RequestUri?.Host} is not one that plugin.json or the settings allow.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _upstream.Dispose();
            base.Dispose(disposing);
        }
    }
}
