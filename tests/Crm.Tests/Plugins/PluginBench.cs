using System.Text.Json.Nodes;
using System.Threading.Channels;
using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Tests.Plugins;

/// <summary>A plugin host with a folder of its own, and a company that calls.</summary>
internal sealed class PluginBench : IDisposable
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"crm-plugins-{Guid.NewGuid():n}");
    private readonly string _id;
    private readonly Channel<Retirement> _retired = Channel.CreateUnbounded<Retirement>();

    public PluginBench(string id = "test", IRequestLedger? ledger = null, TimeProvider? clock = null)
    {
        _id = id;
        Engine = new(new PluginLoader(new() { Folder = Folder, AllowPrivateAddresses = true }, TimeProvider.System), ledger ?? new Endless(), new(new NoMeters()), clock ?? TimeProvider.System, NullLoggerFactory.Instance)
        {
            Retired = ended => _retired.Writer.TryWrite(ended),
        };
    }

    public PluginEngine Engine { get; }
    public PluginSlot Slot => Engine.Slot(_id);
    public PluginConnection Acme { get; } = Connection(1);
    public PluginConnection Bolaget { get; } = Connection(2);

    public static PluginConnection Connection(int company, string settings = "{}", params string[] hosts) =>
        new(new(company, $"c{company}"), PluginSettings.Parse(settings), hosts.ToHashSet(), new NoStore());

    /// <summary>A company with access tokens.</summary>
    public static PluginConnection Connection(string settings, IAccessTokens tokens) => new(new(1, "c1"), PluginSettings.Parse(settings), new HashSet<string> { "127.0.0.1" }, new NoStore(), tokens);

    public Task ServeAsync(string type, string version = "1.0.0", Action<JsonObject>? manifest = null) =>
        Engine.ApplyAsync("test", WantedVersions.Only(TestPackages.Of(type, version, manifest)), TestContext.Current.CancellationToken);

    public Task ServeAsync(PluginPackage package) => Engine.ApplyAsync(_id, WantedVersions.Only(package), TestContext.Current.CancellationToken);

    /// <summary>What became of the next version that was swapped out; waits until it has ended.</summary>
    public Task<Retirement> RetiredAsync() => _retired.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Any call into a capability.</summary>
    public Task<PluginAnswer<T>> CallAsync<TCapability, T>(PluginConnection company, Func<TCapability, IPluginCall, CancellationToken, ValueTask<T>> call) where TCapability : class =>
        Engine.CallAsync(_id, company, call, static (TCapability capability, IPluginCall context, Func<TCapability, IPluginCall, CancellationToken, ValueTask<T>> call, CancellationToken ct) => call(capability, context, ct), TestContext.Current.CancellationToken).AsTask();

    /// <summary>Which version answers.</summary>
    public async Task<string?> AskAsync(PluginConnection? company = null) => (await SearchAsync(company ?? Acme)).Value?[0].Name;

    public Task<PluginAnswer<RegisterHit[]>> SearchAsync(PluginConnection company, string text = "nord", TimeSpan? patience = null) =>
        Engine.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(_id, company, new() { Text = text, Country = "NO" }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), TestContext.Current.CancellationToken, patience is null ? null : new() { Patience = patience }).AsTask();

    /// <summary>A call that takes some milliseconds.</summary>
    public Task<PluginAnswer<RegisterCompany?>> GetAsync(PluginConnection company, int milliseconds, CancellationToken? gone = null) =>
        Engine.CallAsync<ICompanyRegister, string, RegisterCompany?>(_id, company, $"{milliseconds}", static (register, call, number, ct) => register.GetAsync(call, "NO", number, ct), gone ?? TestContext.Current.CancellationToken).AsTask();

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
