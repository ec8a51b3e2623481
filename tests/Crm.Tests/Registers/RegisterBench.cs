using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Plugins.Loading;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Registers;

/// <summary>A register's plugin, packed and loaded as in production, with its stand-in and a company that asks.</summary>
internal sealed class RegisterBench(string project, string id, string country, string path, Action<WebApplication> map) : IAsyncDisposable
{
    private readonly PluginBench _bench = new(id);
    private readonly PluginPackage _package = BuiltPlugins.Package(project);
    private PluginConnection? _company;

    public StandIn StandIn { get; private set; } = null!;
    public PluginManifest Manifest => _package.Manifest;

    public async Task StartAsync()
    {
        StandIn = await StandIn.StartAsync(map);
        await _bench.ServeAsync(_package);
        Set();
    }

    /// <summary>Settings beside the address, over the manifest's defaults.</summary>
    public void Set(string settings = "{}")
    {
        var values = JsonNode.Parse(settings)!.AsObject();
        values.TryAdd("address", new Uri(StandIn.Address, path).ToString());
        using var json = JsonDocument.Parse(values.ToJsonString());
        Assert.Empty(Manifest.Settings.Refuses(json.RootElement));
        _company = PluginBench.Connection(1, Manifest.Settings.WithDefaults(json.RootElement).GetRawText(), "127.0.0.1");
    }

    /// <summary>As if nothing was ever set, not even the manifest's defaults.</summary>
    public void Unset() => _company = PluginBench.Connection(1);

    public Task<PluginAnswer<RegisterHit[]>> TrySearchAsync(string text, int limit = 20, CancellationToken? typedOn = null) =>
        CallAsync<RegisterHit[]>((register, call, ct) => register.SearchAsync(call, new() { Text = text, Country = country, Limit = limit }, typedOn ?? ct));

    public async Task<RegisterHit[]> SearchAsync(string text, int limit = 20) => Good(await TrySearchAsync(text, limit))!;

    public Task<PluginAnswer<RegisterCompany?>> TryGetAsync(string number) => CallAsync<RegisterCompany?>((register, call, ct) => register.GetAsync(call, country, number, ct));

    public async Task<RegisterCompany?> GetAsync(string number) => Good(await TryGetAsync(number));

    public async Task<RegisterBranch[]> BranchesAsync(string number) => Good(await CallAsync<RegisterBranch[]>((register, call, ct) => register.BranchesAsync(call, country, number, ct)))!;

    public Task<PluginAnswer<RegisterChanges>> ChangesAsync(string? cursor) => CallAsync<RegisterChanges>((register, call, ct) => register.ChangesSinceAsync(call, cursor, ct));

    public Task<PluginAnswer<PluginHealth>> TestConnectionAsync() => _bench.CallAsync<IPlugin, PluginHealth>(_company!, (plugin, call, ct) => plugin.TestConnectionAsync(call, ct));

    /// <summary>Answers the next requests with a status and a body, as often as the host tries.</summary>
    public void Next(int status, string body = "", string type = "application/json", int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            StandIn.Next(context =>
            {
                (context.Response.StatusCode, context.Response.ContentType) = (status, type);
                if (status == 429) context.Response.Headers.RetryAfter = "90";
                return context.Response.WriteAsync(body);
            });
        }
    }

    /// <summary>Takes the plugin out of service and answers whether its code has left memory.</summary>
    public async Task<bool> LeavesMemoryAsync()
    {
        await _bench.Engine.ApplyAsync(id, WantedVersions.None, TestContext.Current.CancellationToken);
        return await _bench.RetiredAsync() is { Abandoned: 0, Gone: not null };
    }

    public async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        _bench.Dispose();
    }

    private Task<PluginAnswer<T>> CallAsync<T>(Func<ICompanyRegister, IPluginCall, CancellationToken, ValueTask<T>> call) => _bench.CallAsync(_company!, call);

    private static T? Good<T>(PluginAnswer<T> answer)
    {
        Assert.Null(answer.Failure);
        return answer.Value;
    }
}
