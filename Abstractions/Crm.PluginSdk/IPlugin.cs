namespace Crm.Plugins;

/// <summary>
/// One loaded version of a plugin: the class that <c>plugin.json</c> names, public, with a constructor without parameters that does nothing. It also
/// implements the capabilities that it has, such as <see cref="ICompanyRegister"/>. One object serves all companies at the same time, so it keeps no
/// company's data: what differs between companies comes with each <see cref="IPluginCall"/>.
/// Life: constructed → <see cref="StartAsync"/> → <see cref="CheckAsync"/> → calls → <see cref="StopAsync"/> → unloaded from memory.
/// To be unloaded it must leave nothing behind: no timer, thread, static event or registration of its own.
/// </summary>
public interface IPlugin
{
    /// <summary>Prepares the plugin. Nothing calls it before this has ended; the host gives it 10 seconds, on a thread of its own.</summary>
    /// <param name="ct">Cancelled when the time is over.</param>
    /// <exception cref="PluginException">It cannot start; the message is shown to the operator and the version before keeps serving.</exception>
    ValueTask StartAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Says whether the plugin itself works, without any company's settings and without a call that costs money. Asked before a version serves.</summary>
    /// <param name="ct">Cancelled after 10 seconds.</param>
    ValueTask<PluginHealth> CheckAsync(CancellationToken ct) => ValueTask.FromResult(PluginHealth.Healthy);

    /// <summary>Tries a company's settings with the cheapest call that proves them. Behind the button "Test connection".</summary>
    /// <param name="call">The company's settings.</param>
    /// <param name="ct">Cancelled when the caller has gone or the time is over.</param>
    /// <exception cref="PluginException">As every call; shown to the user in words by its kind.</exception>
    ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct);

    /// <summary>Lets go of everything. Calls have ended or been cancelled by then; the host waits 5 seconds.</summary>
    ValueTask StopAsync() => ValueTask.CompletedTask;
}

/// <summary>Whether something works, and if not why.</summary>
public sealed record PluginHealth
{
    /// <summary>It works.</summary>
    public static PluginHealth Healthy { get; } = new() { IsHealthy = true };

    /// <summary>It does not work.</summary>
    /// <param name="reason">One sentence in English for an administrator, without secrets.</param>
    public static PluginHealth Unhealthy(string reason) => new() { IsHealthy = false, Detail = reason };

    /// <summary>True = it works.</summary>
    public required bool IsHealthy { get; init; }

    /// <summary>What was found, such as the name of the connected company; up to 500 characters. Null = nothing to add.</summary>
    public string? Detail { get; init; }
}
