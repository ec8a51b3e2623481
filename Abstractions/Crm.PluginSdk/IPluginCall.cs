namespace Crm.Plugins;

/// <summary>
/// One call for one company. Made by the host, valid until the call ends: keep none of it. New members may come in a minor version; plugins never
/// implement it (tests take <c>Crm.PluginSdk.Testing</c>).
/// </summary>
public interface IPluginCall
{
    /// <summary>Tells companies apart in the plugin's own memory, such as a cache of tokens. Says nothing about the company; another company never has the same.</summary>
    string Company { get; }

    /// <summary>The company's settings, secrets included, valid by the plugin's settings schema.</summary>
    PluginSettings Settings { get; }

    /// <summary>
    /// Sends requests to the hosts that <c>plugin.json</c> names, and to those that a setting marked <c>x-host</c> holds; others end in
    /// <see cref="PluginErrorKind.Forbidden"/>. The host waits for the plugin's rate limit, tries again what is safe to try again (GET, HEAD and what has
    /// an Idempotency-Key) after 408, 429, 5xx and broken connections, and cuts answers off at 32 MB. It has no base address and must not be disposed.
    /// </summary>
    HttpClient Http { get; }

    /// <summary>Log lines with the plugin, its version and the company. Never log secrets or personal data.</summary>
    IPluginLog Log { get; }

    /// <summary>The time. Plugins ask no other clock, so that tests can set it.</summary>
    TimeProvider Clock { get; }

    /// <summary>What the plugin keeps about this company: cursors, ids.</summary>
    IPluginStore Store { get; }

    /// <summary>
    /// The company's access token for the outside system, of a plugin whose <c>plugin.json</c> has an <c>auth</c> section. The host keeps the tokens and renews
    /// them: one renewal at a time for a company on all hosts together, stored before anybody uses it. Ask for it before each request and keep it nowhere.
    /// </summary>
    /// <param name="refused">The token that the system has just answered 401 to; another comes back, renewed if need be. Null at first.</param>
    /// <param name="ct">Cancels the wait, not a renewal that others wait for too.</param>
    /// <exception cref="PluginException">
    /// <see cref="PluginErrorKind.Unauthorized"/>: somebody has to connect again. <see cref="PluginErrorKind.NotConfigured"/>: nobody ever did, or <c>plugin.json</c>
    /// has no such section. <see cref="PluginErrorKind.Unavailable"/>: the system or the database cannot be reached.
    /// </exception>
    ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct);

    /// <summary>Tells how far a long call has come.</summary>
    IProgress<PluginProgress> Progress { get; }

    /// <summary>The same for every attempt at the same write; null for reads. Pass it on to systems that know idempotency keys.</summary>
    string? IdempotencyKey { get; }
}

/// <summary>How far a long call has come.</summary>
public sealed record PluginProgress
{
    /// <summary>How many are done.</summary>
    public required long Done { get; init; }

    /// <summary>How many there are; null = not known.</summary>
    public long? Total { get; init; }
}

/// <summary>Writes log lines. Text only: an object of a plugin's type in a buffer would keep the plugin in memory.</summary>
public interface IPluginLog
{
    /// <summary>For authors; off in production unless asked for.</summary>
    void Debug(string message);

    /// <summary>Something that an operator may want to know.</summary>
    void Information(string message);

    /// <summary>Something that an operator should look at.</summary>
    void Warning(string message);
}

/// <summary>
/// Keys and values that a plugin keeps about one company, in the database: they outlive restarts, swaps and roll-backs, so a version must be able to read
/// what the version before it wrote, and the other way round. Encrypted at rest.
/// </summary>
public interface IPluginStore
{
    /// <summary>Reads a value; null = there is none.</summary>
    /// <param name="key">1 to 200 characters.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unavailable"/>: the database does not answer.</exception>
    ValueTask<string?> GetAsync(string key, CancellationToken ct);

    /// <summary>Writes a value, durable when it returns.</summary>
    /// <param name="key">1 to 200 characters.</param>
    /// <param name="value">Up to 65,536 characters; null takes it away.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unavailable"/>: the database does not answer. <see cref="PluginErrorKind.Invalid"/>: too long, or more than 1,000 keys.</exception>
    ValueTask SetAsync(string key, string? value, CancellationToken ct);
}
