using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Accounting;

/// <summary>An accounting system's plugin, packed and loaded as in production, with its stand-in and a company that asks.</summary>
/// <param name="project">Such as <c>Fortnox</c>.</param>
/// <param name="map">The stand-in's routes.</param>
/// <param name="settings">The company's settings, by the stand-in's address.</param>
/// <param name="tokens">Where its access tokens come from; null = it has none.</param>
internal sealed class AccountingBench(string project, Action<WebApplication> map, Func<Uri, JsonObject> settings, IAccessTokens? tokens = null) : IAsyncDisposable
{
    private readonly PluginBench _bench = new(project.ToLowerInvariant());
    private PluginConnection _company = null!;

    public StandIn StandIn { get; private set; } = null!;

    public async Task StartAsync()
    {
        StandIn = await StandIn.StartAsync(map);
        await ServeAsync();
        Set();
    }

    public Task ServeAsync() => _bench.ServeAsync(BuiltPlugins.Package(project));

    /// <summary>Settings over the usual ones and the manifest's defaults.</summary>
    public void Set(string more = "{}")
    {
        var (values, schema) = (settings(StandIn.Address), BuiltPlugins.Package(project).Manifest.Settings);
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject()) values[name] = value?.DeepClone();
        var json = JsonSerializer.SerializeToElement(values);
        Assert.Empty(schema.Refuses(json));
        var all = schema.WithDefaults(json).GetRawText();
        _company = tokens is null ? PluginBench.Connection(1, all, "127.0.0.1") : PluginBench.Connection(all, tokens);
    }

    public Task<PluginAnswer<T>> TryAsync<T>(Func<IAccountingSystem, IPluginCall, CancellationToken, ValueTask<T>> call) => _bench.CallAsync(_company, call);

    public async Task<T> AskAsync<T>(Func<IAccountingSystem, IPluginCall, CancellationToken, ValueTask<T>> call)
    {
        var answer = await TryAsync(call);
        Assert.Null(answer.Failure);
        return answer.Value!;
    }

    public async Task<PluginFailure> FailAsync<T>(Func<IAccountingSystem, IPluginCall, CancellationToken, ValueTask<T>> call)
    {
        var answer = await TryAsync(call);
        Assert.NotNull(answer.Failure);
        return answer.Failure;
    }

    public Task<PluginAnswer<PluginHealth>> TestConnectionAsync() => _bench.CallAsync<IPlugin, PluginHealth>(_company, (plugin, call, ct) => plugin.TestConnectionAsync(call, ct));

    public Task<List<AccountingCustomer>> CustomersAsync(DateTimeOffset? since = null) => AllAsync<AccountingCustomer>((system, call, query, ct) => system.CustomersAsync(call, query, ct), since);
    public Task<List<AccountingBalance>> BalancesAsync() => AllAsync<AccountingBalance>((system, call, query, ct) => system.BalancesAsync(call, query, ct), null);
    public Task<List<AccountingInvoice>> InvoicesAsync(DateTimeOffset? since = null, IEnumerable<BookInvoice>? unpaid = null) =>
        AllAsync<AccountingInvoice>((system, call, query, ct) => system.InvoicesAsync(call, query with { Unpaid = [.. (unpaid ?? []).Select(i => new UnpaidInvoice { Id = $"{i.Number}", Date = i.Date })] }, ct), since);
    public Task<List<AccountingCustomer>> SuppliersAsync() => AllAsync<AccountingCustomer>((system, call, query, ct) => system.SuppliersAsync(call, query, ct), null);
    public Task<AccountingCustomer?> CustomerAsync(string id) => AskAsync((system, call, ct) => system.CustomerAsync(call, id, ct));

    /// <summary>All pages, one after the other; the number of pages in <see cref="Pages"/>.</summary>
    private async Task<List<T>> AllAsync<T>(Func<IAccountingSystem, IPluginCall, AccountingQuery, CancellationToken, ValueTask<AccountingPage<T>>> page, DateTimeOffset? since)
    {
        List<T> all = [];
        string? cursor = null;
        Pages = 0;
        do
        {
            var part = await AskAsync((system, call, ct) => page(system, call, new() { ChangedSince = since, Cursor = cursor }, ct));
            all.AddRange(part.Items);
            (cursor, Pages) = (part.Cursor, Pages + 1);
        } while (cursor is not null && Pages < 1_000);
        return all;
    }

    public int Pages { get; private set; }

    /// <summary>Answers the next requests with a status and a body.</summary>
    public void Next(int status, string body = "", string type = "application/json", int times = 1, string? retryAfter = null)
    {
        for (var time = 0; time < times; time++)
        {
            StandIn.Next(context =>
            {
                (context.Response.StatusCode, context.Response.ContentType) = (status, type);
                if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
                return context.Response.WriteAsync(body);
            });
        }
    }

    /// <summary>Takes the plugin out of service and answers whether its code has left memory.</summary>
    public async Task<bool> LeavesMemoryAsync()
    {
        await _bench.Engine.ApplyAsync(project.ToLowerInvariant(), WantedVersions.None, TestContext.Current.CancellationToken);
        return await _bench.RetiredAsync() is { Abandoned: 0, Gone: not null };
    }

    public async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        _bench.Dispose();
    }
}

/// <summary>Tokens straight from a stand-in's sign-in, as if somebody had just consented.</summary>
internal sealed class ConnectedTokens(OAuthServer server) : IAccessTokens
{
    private string _access = server.Connect().Access;

    public List<string> Refused { get; } = [];

    public ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct)
    {
        if (refused is null) return ValueTask.FromResult(_access);
        Refused.Add(refused);
        return ValueTask.FromResult(refused == _access ? _access = server.Connect().Access : _access);
    }
}

/// <summary>What tests do to books.</summary>
internal static class BookChanges
{
    /// <summary>So many of the booked invoices from before a day are unpaid, the newest of them, and no others.</summary>
    public static void OldUnpaid(this Books books, DateOnly before, int count)
    {
        var older = books.Invoices($"before {before:O}", i => i is { IsBooked: true, IsCancelled: false } && i.Date < before);
        for (var i = 0; i < older.Length; i++)
        {
            var isUnpaid = i >= older.Length - count;
            books.ChangeInvoice(older[i].Number, invoice => invoice with { Balance = isUnpaid ? invoice.Gross : 0 });
        }
    }
}
