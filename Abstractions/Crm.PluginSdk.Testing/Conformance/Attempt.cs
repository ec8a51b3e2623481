namespace Crm.Plugins.Testing;

/// <summary>How one call went. Holds nothing of the plugin's own: values are of the contract's types, exceptions are told in words.</summary>
internal sealed record Attempt
{
    public object? Value { get; init; }
    public Thrown? Thrown { get; init; }

    /// <summary>It did not come back in time, not even cancelled.</summary>
    public bool IsHung { get; init; }

    /// <summary>The plugin asked the outside system.</summary>
    public bool HasAsked { get; init; }

    /// <summary>From the caller's going to the end.</summary>
    public TimeSpan AfterCancellation { get; init; }

    /// <summary>What came instead of a value; null = a value came.</summary>
    public string? Trouble => IsHung ? "did not come back" : Thrown is null ? null : Thrown.Kind is { } kind ? $"failed with {kind}: {Thrown.Message}" : $"threw {Thrown.Type}, which is no PluginException";
}

/// <summary>An exception in words.</summary>
/// <param name="Type">Its type's name.</param>
/// <param name="Kind">Of a PluginException; null = it is none.</param>
/// <param name="Message">What people would read.</param>
/// <param name="RetryAfter">Of a PluginException.</param>
/// <param name="IsConnection">The outside system was not reached.</param>
internal sealed record Thrown(string Type, PluginErrorKind? Kind, string Message, TimeSpan? RetryAfter, bool IsConnection);
