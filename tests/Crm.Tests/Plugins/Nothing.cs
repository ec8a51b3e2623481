using System.Diagnostics.Metrics;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>A day without a limit.</summary>
internal sealed class Endless : IRequestLedger
{
    public Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most) => Task.FromResult(most);
}

/// <summary>Meters that nobody reads.</summary>
internal sealed class NoMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose() { }
}

/// <summary>Keeps nothing.</summary>
internal sealed class NoStore : IPluginStore
{
    public ValueTask<string?> GetAsync(string key, CancellationToken ct) => ValueTask.FromResult<string?>(null);

    public ValueTask SetAsync(string key, string? value, CancellationToken ct) => ValueTask.CompletedTask;
}
