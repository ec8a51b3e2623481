namespace Crm.Plugins;

/// <summary>Why a call into a plugin failed, as far as the CRM treats failures differently.</summary>
public enum PluginErrorKind
{
    /// <summary>A mistake in the plugin; also every exception that is no <see cref="PluginException"/>. Counts against the version's error rate.</summary>
    Bug,

    /// <summary>The company's settings lack something. Shown with a link to them; not tried again.</summary>
    NotConfigured,

    /// <summary>The system does not accept the credentials (401, a revoked grant). The connection is shown as "reconnect needed"; not tried again.</summary>
    Unauthorized,

    /// <summary>The credentials are good but may not do this (403), or the address is not one that the plugin may call.</summary>
    Forbidden,

    /// <summary>The system has no such thing, though it was there by its own answers before. A look-up of something unknown answers null instead.</summary>
    NotFound,

    /// <summary>The system refuses what was sent; the message says what. Not tried again.</summary>
    Invalid,

    /// <summary>Somebody else changed it, or it exists already.</summary>
    Conflict,

    /// <summary>The system's limit is reached. Tried again after <see cref="PluginException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The system is down, too slow or answers nonsense. Tried again; counts for the circuit breaker.</summary>
    Unavailable,

    /// <summary>The system does not offer this.</summary>
    Unsupported,
}

/// <summary>The one exception that plugins throw on purpose. The host copies kind, message and time, and lets go of the exception itself.</summary>
public sealed class PluginException : Exception
{
    /// <summary>A failed call.</summary>
    /// <param name="kind">How the CRM treats it.</param>
    /// <param name="message">One sentence in English for an administrator, up to 500 characters, without secrets or personal data.</param>
    /// <param name="inner">What it came from, for the author's own tests; the host does not keep it.</param>
    public PluginException(PluginErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    /// <summary>How the CRM treats it.</summary>
    public PluginErrorKind Kind { get; }

    /// <summary>When trying again makes sense; null = the host decides.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
