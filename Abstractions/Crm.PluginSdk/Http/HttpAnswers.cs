using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins;

/// <summary>What an outside system's answers mean in the contract's kinds, whichever way they came.</summary>
public static class HttpAnswers
{
    /// <summary>Throws for an answer that is none; the body, which may hold anything, is neither read nor told.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="system">Who answered, in an administrator's words.</param>
    /// <param name="clock">Turns a Retry-After date into a time to wait.</param>
    /// <exception cref="PluginException">
    /// By the status: 401 <see cref="PluginErrorKind.Unauthorized"/>, 403 <see cref="PluginErrorKind.Forbidden"/>, 400 and 422 <see cref="PluginErrorKind.Invalid"/>,
    /// 410 and 451 <see cref="PluginErrorKind.NotFound"/>, 409 and 412 <see cref="PluginErrorKind.Conflict"/>, 429 <see cref="PluginErrorKind.RateLimited"/>,
    /// all others <see cref="PluginErrorKind.Unavailable"/>. What the system says of waiting (seconds or a date) is passed on.
    /// </exception>
    public static void Check(HttpResponseMessage answer, string system, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(clock);
        if (!answer.IsSuccessStatusCode) throw Failure(answer, system, clock, explained: null);
    }

    /// <summary>Like <see cref="Check"/>, with the system's own words where it refuses what was sent (400, 422).</summary>
    /// <param name="answer">What came.</param>
    /// <param name="system">Who answered.</param>
    /// <param name="clock">Turns a Retry-After date into a time to wait.</param>
    /// <param name="explain">Finds the words in the body; null = it has none. Nothing that was sent may stand in them: they are shown to people and logged.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">By the status.</exception>
    public static async ValueTask CheckAsync(HttpResponseMessage answer, string system, TimeProvider clock, Func<string, string?>? explain, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(clock);
        if (answer.IsSuccessStatusCode) return;
        var isRefusal = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity;
        throw Failure(answer, system, clock, isRefusal && explain is not null ? Explained(await answer.Content.ReadAsStringAsync(ct), explain) : null);
    }

    /// <summary>Reads a body of JSON.</summary>
    /// <typeparam name="T">A type of the plugin's.</typeparam>
    /// <param name="answer">With its body.</param>
    /// <param name="type">How it is read, from the plugin's own <c>JsonSerializerContext</c>: the serialiser's default options would keep the plugin in memory.</param>
    /// <param name="system">Who answered, in an administrator's words.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="anyMediaType">True for a system that calls its JSON text or HTML: then only the body counts.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unavailable"/>: it is no JSON, broken, null or of another shape.</exception>
    public static async ValueTask<T> ReadJsonAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, string system, CancellationToken ct, bool anyMediaType = false) where T : class
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(type);
        if (!anyMediaType && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is not true)
            throw new PluginException(PluginErrorKind.Unavailable, $"{system} answered with something else than JSON.");
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(body, type, ct) ?? throw new JsonException("It is null.");
        }
        catch (JsonException broken) { throw new PluginException(PluginErrorKind.Unavailable, $"{system} answered JSON that cannot be read.", broken); }
    }

    /// <summary>How long the system asks to wait, told in seconds or by a date; null = it does not say.</summary>
    /// <param name="answer">With its headers.</param>
    /// <param name="clock">What a date is compared with.</param>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(clock);
        return (answer.Headers.RetryAfter?.Delta ?? answer.Headers.RetryAfter?.Date - clock.GetUtcNow()) is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait : null;
    }

    private static PluginException Failure(HttpResponseMessage answer, string system, TimeProvider clock, string? explained)
    {
        var (kind, message) = answer.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => (PluginErrorKind.Invalid, $"{system} refuses what was asked{(explained is null ? "." : $": {explained}")}"),
            HttpStatusCode.Unauthorized => (PluginErrorKind.Unauthorized, $"{system} does not accept the credentials (401)."),
            HttpStatusCode.Forbidden => (PluginErrorKind.Forbidden, $"{system} does not allow this (403)."),
            HttpStatusCode.Gone or HttpStatusCode.UnavailableForLegalReasons => (PluginErrorKind.NotFound, $"{system} has removed this and tells nothing about it any more; copies of it have to go."),
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => (PluginErrorKind.Conflict, $"{system} has it already, or it changed in between."),
            HttpStatusCode.TooManyRequests => (PluginErrorKind.RateLimited, $"The limit of {system} is reached (429)."),
            _ => (PluginErrorKind.Unavailable, $"{system} answered {(int)answer.StatusCode}."),
        };
        return new(kind, message) { RetryAfter = RetryAfter(answer, clock) };
    }

    private static string? Explained(string body, Func<string, string?> explain)
    {
        try { return explain(body) is { Length: > 0 } words ? words[..Math.Min(words.Length, 300)] : null; }
        catch (JsonException) { return null; }
    }
}
