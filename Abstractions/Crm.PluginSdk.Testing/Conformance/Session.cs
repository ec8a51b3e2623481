using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Testing;

/// <summary>One loaded plugin and the calls into it, each for a company of its own, so that nothing is answered from an earlier call's cache.</summary>
internal sealed class Session(PluginManifest manifest, ConformanceSubject subject) : IDisposable
{
    private readonly HashSet<string> _hung = [];
    private readonly List<string> _told = [];
    private int _calls;

    public FaultyUpstream Upstream { get; } = new(subject.Upstream);
    public HashSet<string> RefusedHosts { get; } = [];
    public PluginManifest Manifest => manifest;
    public ConformanceSubject Subject => subject;

    /// <summary>What the plugin's clock says.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Calls once.</summary>
    /// <param name="operation">Its name; one that has hung is not called again.</param>
    /// <param name="call">The call.</param>
    /// <param name="goneAfter">When the caller goes; null = it waits as long as the subject says.</param>
    public async Task<Attempt> TryAsync<T>(string operation, Func<IPluginCall, CancellationToken, ValueTask<T>> call, TimeSpan? goneAfter = null)
    {
        if (_hung.Contains(operation)) return new() { IsHung = true };
        using var context = new FakePluginCall(Upstream, manifest, subject.Settings) { Company = $"company-{++_calls}", Clock = new(Now) };
        using var gone = new CancellationTokenSource();
        var before = Upstream.Requests;
        var running = Task.Run(() => WordedAsync(context, call, gone.Token), CancellationToken.None);
        var patience = goneAfter ?? subject.Patience;
        var ended = await Task.WhenAny(running, Task.Delay(patience, CancellationToken.None)) == running;
        var start = Stopwatch.GetTimestamp();
        if (!ended)
        {
            await gone.CancelAsync();
            ended = await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None)) == running;
        }
        lock (_told) _told.AddRange(context.Log.Lines);
        RefusedHosts.UnionWith(context.RefusedHosts);
        if (!ended)
        {
            _hung.Add(operation);
            return new() { IsHung = true };
        }
        return (await running) with { HasAsked = Upstream.Requests > before, AfterCancellation = gone.IsCancellationRequested ? Stopwatch.GetElapsedTime(start) : TimeSpan.Zero };
    }

    private async Task<Attempt> WordedAsync<T>(FakePluginCall context, Func<IPluginCall, CancellationToken, ValueTask<T>> call, CancellationToken ct)
    {
        try
        {
            var value = await call(context, ct);
            if (value is PluginHealth { Detail: { } detail }) Tell(detail);
            return new() { Value = value };
        }
        catch (PluginException known)
        {
            Tell(known.Message);
            return new() { Thrown = new(nameof(PluginException), known.Kind, known.Message, known.RetryAfter, IsConnection: false) };
        }
        catch (Exception thrown)
        {
            return new() { Thrown = new(thrown.GetType().Name, null, "", null, thrown is HttpRequestException { StatusCode: null } or IOException) };
        }
    }

    private void Tell(string text)
    {
        lock (_told) _told.Add(text);
    }

    /// <summary>The first secret setting whose value stands in a message or a log line; null = none does.</summary>
    public string? ToldSecret()
    {
        using var settings = JsonDocument.Parse(subject.Settings);
        var values = new PluginSettings(settings.RootElement);
        return manifest.Settings.Properties.Where(p => p.Value.IsSecret && values.Text(p.Key) is { Length: >= 4 } secret && _told.Any(t => t.Contains(secret, StringComparison.Ordinal))).Select(p => p.Key).FirstOrDefault();
    }

    public static RetryConditionHeaderValue InTwoMinutes { get; } = new(TimeSpan.FromMinutes(2));
    public static RetryConditionHeaderValue AtTwoMinutesPast { get; } = new(Now.AddMinutes(2));

    public void Dispose() => Upstream.Dispose();
}
