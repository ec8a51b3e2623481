using System.Text.Json.Serialization;
using Crm.Plugins;

namespace Crm.TestPlugins;

/// <summary>A register that keeps the contract; those below break one thing each, and the conformance kit has to say which.</summary>
public class Polite : IPlugin, ICompanyRegister
{
    public virtual async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct)
    {
        _ = await AskAsync(call, "?name=test", ct);
        return PluginHealth.Healthy;
    }

    public virtual async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) =>
        [.. (await AskAsync(call, $"?name={Uri.EscapeDataString(query.Text)}", ct)).Items.Select(i => new RegisterHit { OrganisationNumber = i.Number, Name = i.Name }).Take(query.Limit)];

    public virtual async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        await call.GetJsonAsync(Address(call, $"/{organisationNumber}"), PoliteJson.Default.PoliteItem, null, ct) is { } item ? new() { OrganisationNumber = item.Number, Name = item.Name, Country = country } : null;

    protected static ValueTask<PoliteList> AskAsync(IPluginCall call, string what, CancellationToken ct) => call.RequireJsonAsync(Address(call, what), PoliteJson.Default.PoliteList, null, ct);

    protected static Uri Address(IPluginCall call, string what) => new(call.Settings.Address("address"), $"companies{what}");
}

public sealed record PoliteList(PoliteItem[] Items);

public sealed record PoliteItem(string Number, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase), JsonSerializable(typeof(PoliteList))]
internal sealed partial class PoliteJson : JsonSerializerContext;

public sealed class IgnoresTheLimit : Polite
{
    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) => base.SearchAsync(call, query with { Limit = 50 }, ct);
}

public sealed class ThrowsForTheUnknown : Polite
{
    public override async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        await base.GetAsync(call, country, organisationNumber, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "There is no such company.");
}

/// <summary>Lets the client's own exceptions out.</summary>
public sealed class LetsErrorsOut : Polite
{
    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        _ = await call.Http.GetStringAsync(Address(call, "?name=test"), ct);
        return await base.SearchAsync(call, query, ct);
    }
}

/// <summary>Answers nothing where it should say that it could not ask.</summary>
public sealed class HidesErrors : Polite
{
    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        try { return await base.SearchAsync(call, query, ct); }
        catch (PluginException) { return []; }
    }
}

public sealed class GoesOnWhenCancelled : Polite
{
    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        try { return await base.SearchAsync(call, query, ct); }
        catch (OperationCanceledException)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5), CancellationToken.None);
            throw;
        }
    }
}

public sealed class LogsTheSecret : Polite
{
    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        call.Log.Debug($"Asking with {call.Settings.Text("key")}.");
        return base.SearchAsync(call, query, ct);
    }
}

public sealed class CallsElsewhere : Polite
{
    public override async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct)
    {
        try { _ = await call.Http.GetStringAsync(new Uri("https://counting.example/used"), ct); }
        catch (PluginException) { /* As a plugin that counts its users would. */ }
        return await base.TestConnectionAsync(call, ct);
    }
}

public sealed class NeverAnswers : Polite
{
    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        return [];
    }
}

/// <summary>Leaves a timer behind, which keeps it in memory.</summary>
public sealed class StaysInMemory : Polite, IPlugin
{
    private static Timer? _timer;

    ValueTask IPlugin.StartAsync(CancellationToken ct)
    {
        _timer = new Timer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        return ValueTask.CompletedTask;
    }
}
