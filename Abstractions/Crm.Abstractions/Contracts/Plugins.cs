using Crm.Plugins;

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
public sealed record PluginFailure(PluginErrorKind Kind, string Detail, TimeSpan? RetryAfter = null);
