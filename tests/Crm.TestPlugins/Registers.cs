using System.Globalization;
using System.Text.Json;
using Crm.Plugins;
using CsvHelper;

namespace Crm.TestPlugins;

/// <summary>A register that answers with what it was asked and its own version; the base of those that misbehave.</summary>
public abstract class Register : IPlugin, ICompanyRegister
{
    protected abstract string Version { get; }

    public virtual ValueTask StartAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) => ValueTask.FromResult(PluginHealth.Healthy);

    public virtual ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) =>
        ValueTask.FromResult<RegisterHit[]>([new() { OrganisationNumber = query.Text, Name = Version, City = call.Company }]);

    public virtual async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(int.Parse(organisationNumber, CultureInfo.InvariantCulture)), ct);
        return new() { OrganisationNumber = organisationNumber, Name = Version, Country = country };
    }
}

public sealed class V1 : Register
{
    protected override string Version => "one";
}

/// <summary>Uses a private dependency and the serialiser, as real plugins do.</summary>
public sealed class V2 : Register
{
    protected override string Version => "two";

    public override async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        using var csv = new CsvReader(new StringReader("Name,Employees\nNordvik,12\n"), CultureInfo.InvariantCulture);
        var row = csv.GetRecords<Row>().Single();
        var read = JsonSerializer.Deserialize<Row>(JsonSerializer.Serialize(row))!;
        return await base.GetAsync(call, country, organisationNumber, ct) is { } company ? company with { Employees = read.Employees } : null;
    }

    public sealed class Row
    {
        public string Name { get; set; } = "";
        public int Employees { get; set; }
    }
}

/// <summary>Starts well and then fails every call.</summary>
public sealed class Broken : Register
{
    protected override string Version => "broken";

    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) => throw new InvalidOperationException($"secret {query.Text}");
}

/// <summary>Fails every third call.</summary>
public sealed class Shaky : Register
{
    private int _calls;

    protected override string Version => "shaky";

    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) =>
        Interlocked.Increment(ref _calls) % 3 == 0 ? throw new InvalidOperationException("Every third time.") : base.SearchAsync(call, query, ct);
}

/// <summary>Waits for ever and listens to nobody.</summary>
public sealed class Hanging : Register
{
    protected override string Version => "hanging";

    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        return [];
    }
}

/// <summary>Registers callbacks that fail on every token that it is given, and waits.</summary>
public sealed class Rude : Register
{
    protected override string Version => "rude";

    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        ct.Register(static () => throw new InvalidOperationException("A callback failed."));
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return [];
    }
}

/// <summary>Begins to work and then says that it does not; its timer ends only when it is stopped.</summary>
public sealed class UnhealthyAtWork : Register, IPlugin
{
    private static Timer? _timer;

    protected override string Version => "unhealthy";

    public override ValueTask StartAsync(CancellationToken ct)
    {
        _timer = new Timer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        return ValueTask.CompletedTask;
    }

    ValueTask<PluginHealth> IPlugin.CheckAsync(CancellationToken ct) => ValueTask.FromResult(PluginHealth.Unhealthy("It has a cold."));

    async ValueTask IPlugin.StopAsync() => await (_timer?.DisposeAsync() ?? default);
}

/// <summary>Says how far it is, and answers with the key that it was called with.</summary>
public sealed class Telling : Register
{
    protected override string Version => "telling";

    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        for (var done = 1; done <= 3; done++) call.Progress.Report(new() { Done = done, Total = 3 });
        return ValueTask.FromResult<RegisterHit[]>([new() { OrganisationNumber = "1", Name = call.Company, City = call.IdempotencyKey }]);
    }
}

/// <summary>Tells of no company, in the way that its number names.</summary>
public sealed class Refusing : Register
{
    protected override string Version => "refusing";

    public override ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        throw new PluginException(Enum.Parse<PluginErrorKind>(organisationNumber), $"It says {organisationNumber}.") { RetryAfter = TimeSpan.FromSeconds(7) };
}

/// <summary>Leaves a timer behind, which keeps it in memory.</summary>
public sealed class Leaky : Register
{
    private static Timer? _timer;

    protected override string Version => "leaky";

    public override ValueTask StartAsync(CancellationToken ct)
    {
        _timer = new Timer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        return ValueTask.CompletedTask;
    }
}

/// <summary>Does not come back from starting.</summary>
public sealed class Greedy : Register
{
    protected override string Version => "greedy";

    public override ValueTask StartAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested) { }
        throw new OperationCanceledException(ct);
    }
}

public sealed class ThrowsAtStart : Register
{
    protected override string Version => "throws";

    public override ValueTask StartAsync(CancellationToken ct) => throw new PluginException(PluginErrorKind.Unavailable, "The moon is in the wrong phase.");
}

public sealed class ThrowsWhenMade : Register
{
    public ThrowsWhenMade() => throw new InvalidOperationException("No.");

    protected override string Version => "throws";
}

public sealed class Unhealthy : Register, IPlugin
{
    protected override string Version => "unhealthy";

    ValueTask<PluginHealth> IPlugin.CheckAsync(CancellationToken ct) => ValueTask.FromResult(PluginHealth.Unhealthy("It has a cold."));
}

/// <summary>Is no plugin at all.</summary>
public sealed class NoPlugin;

/// <summary>Sends a request wherever the setting says; its connection works with the right secret. Keeps what it was last asked.</summary>
public sealed class Caller : Register, IPlugin
{
    protected override string Version => "caller";

    ValueTask<PluginHealth> IPlugin.TestConnectionAsync(IPluginCall call, CancellationToken ct) => call.Settings.Required("key") == "open sesame"
        ? ValueTask.FromResult(PluginHealth.Healthy) : throw new PluginException(PluginErrorKind.Unauthorized, "The key is not right.");

    public override async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        // As systems do that answer 200 and say it in words.
        if (query.Text == "quota") throw new PluginException(PluginErrorKind.RateLimited, "The quota is used up.") { RetryAfter = TimeSpan.FromMinutes(2) };
        var text = await call.Http.GetStringAsync(new Uri(call.Settings.Address("base"), query.Text), ct);
        var before = await call.Store.GetAsync("last", ct);
        await call.Store.SetAsync("last", query.Text, ct);
        return [new() { OrganisationNumber = "1", Name = text, City = before }];
    }
}

/// <summary>Cannot keep a secret: says it in whatever way it is asked for.</summary>
public sealed class Telltale : Register, IPlugin
{
    protected override string Version => "telltale";

    ValueTask<PluginHealth> IPlugin.TestConnectionAsync(IPluginCall call, CancellationToken ct) => ValueTask.FromResult(PluginHealth.Unhealthy($"It did not work with {call.Settings.Text("key")}."));

    public override ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        var key = call.Settings.Required("key");
        switch (query.Text)
        {
            case "log":
                foreach (var write in new[] { call.Log.Debug, call.Log.Information, call.Log.Warning }) write($"Asking with {key},\nthat is {Uri.EscapeDataString(key)}.");
                return base.SearchAsync(call, query, ct);
            case "address": throw new PluginException(PluginErrorKind.Unavailable, $"No answer from /companies?key={Uri.EscapeDataString(key)}.");
            case "body": throw new PluginException(PluginErrorKind.Invalid, $"Refused: {JsonSerializer.Serialize(key)}.", new InvalidOperationException(key));
            case "bug": throw new InvalidOperationException($"Broken by {key}.", new InvalidOperationException(key));
            default: throw new PluginException(PluginErrorKind.Unauthorized, $"The key {key} is not right.");
        }
    }
}

/// <summary>Has a company that is removed while one asks, and takes no number that begins with zero.</summary>
public sealed class Fading : Register, ICompanyRegister
{
    private int _asked;

    protected override string Version => "fading";

    public override ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        organisationNumber[0] == '0' ? throw new PluginException(PluginErrorKind.Invalid, "A number begins with 1 to 9.") : base.GetAsync(call, country, organisationNumber, ct);

    public ValueTask<RegisterBranch[]> BranchesAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        throw (++_asked == 1 ? new PluginException(PluginErrorKind.Unavailable, "Not now.") : new PluginException(PluginErrorKind.NotFound, "It was removed."));
}
