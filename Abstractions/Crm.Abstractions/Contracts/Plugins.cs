using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Contracts;

/// <summary>What a call into a plugin came to. A failing outside system is an answer, never an exception: the caller goes on without it and says so.</summary>
/// <typeparam name="T">A record of the plugin contract, an array of such, or null.</typeparam>
public readonly record struct PluginAnswer<T>
{
    private PluginAnswer(T? value, PluginFailure? failure) => (Value, Failure) = (value, failure);

    /// <summary>What the plugin answered; default when it failed.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer; null = there is one.</summary>
    public PluginFailure? Failure { get; }

    /// <summary>An answer.</summary>
    public static implicit operator PluginAnswer<T>(T value) => new(value, null);

    /// <summary>No answer.</summary>
    public static implicit operator PluginAnswer<T>(PluginFailure failure) => new(default, failure);
}

/// <summary>Why a call into a plugin gave no answer.</summary>
/// <param name="Kind">How to treat it.</param>
/// <param name="Detail">One sentence for an administrator.</param>
/// <param name="RetryAfter">When trying again makes sense; null = not known.</param>
public sealed record PluginFailure(PluginErrorKind Kind, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The kind as callers of the API read it, such as <c>rateLimited</c>.</summary>
    public string Code => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{Kind}");
}

/// <summary>What holds for one call of a plugin.</summary>
public sealed record CallTerms
{
    /// <summary>How long an answer is of use, where that is less than the plugin's own limit of a call; a later one counts as none. Null = the plugin's own.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Told how far the call has come, on the plugin's own threads; null = nobody wants to know.</summary>
    public IProgress<PluginProgress>? Progress { get; init; }

    /// <summary>The same for every attempt at the same write; null for reads. The plugin passes it on to systems that know such keys.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Told of every request that the call sends, when it is answered or has failed, on the plugin's own threads; null = nobody wants to know.</summary>
    public Action<PluginExchange>? Exchanged { get; init; }
}

/// <summary>A request of a plugin and its answer, without headers, and without the company's secrets and tokens.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Took">How long it took, its turn in the outside system's limit not counted.</param>
/// <param name="Method">Such as POST.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Body">What was sent, up to 8,000 characters; null = nothing, or no text.</param>
/// <param name="Status">HTTP status; null = there was no answer.</param>
/// <param name="Answer">What was answered, up to 8,000 characters; null = nothing, or no text.</param>
public sealed record PluginExchange(DateTimeOffset At, TimeSpan Took, string Method, string Address, string? Body, int? Status, string? Answer);

/// <summary>The plugins that companies use, for the modules that ask them.</summary>
public interface IPlugins
{
    /// <summary>The plugins that a company has switched on, in the order of their ids.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="capability">Such as <c>companyRegister</c>; null = all.</param>
    /// <param name="ct">Cancels.</param>
    ValueTask<IReadOnlyList<PluginManifest>> InUseAsync(CompanyRef company, string? capability, CancellationToken ct);

    /// <summary>Another number with every change of a company's settings for a plugin: what was answered under other settings is not to be used again.</summary>
    ValueTask<int> GenerationAsync(CompanyRef company, string plugin, CancellationToken ct);

    /// <summary>Calls one capability of a plugin for a company. A plugin that is off, not set up or failing is a failure in the answer; only a caller that has gone throws.</summary>
    /// <typeparam name="TCapability">An interface of the contract.</typeparam>
    /// <typeparam name="TArgument">Passed on, so that <paramref name="call"/> can be static and cost nothing.</typeparam>
    /// <typeparam name="T">A record of the contract, an array of such, or null.</typeparam>
    /// <param name="company">Whose settings count.</param>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="argument">For <paramref name="call"/>.</param>
    /// <param name="call">The call itself.</param>
    /// <param name="ct">The caller has gone, which says nothing about the plugin.</param>
    /// <param name="terms">What else holds for this call; null = nothing.</param>
    ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        CompanyRef company, string plugin, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class;
}
