using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins;

/// <summary>
/// Asks an outside system for JSON, and says what went wrong in the contract's kinds. Compiled into each plugin that uses it: plugins share no assembly,
/// so that each can be replaced alone.
/// </summary>
internal static class JsonAnswers
{
    /// <summary>Reads one answer; null = the system has no such thing (404).</summary>
    /// <param name="call">Sends it.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="type">How it is read, from the plugin's own context: the serialiser's default options would keep the plugin in memory.</param>
    /// <param name="explain">Finds the system's own words in the body of a refusal (400); null = it has none.</param>
    /// <param name="ct">Cancels.</param>
    public static async ValueTask<T?> GetAsync<T>(IPluginCall call, Uri address, JsonTypeInfo<T> type, Func<string, string?>? explain, CancellationToken ct) where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("application/json"));
        if (Agent(call.Settings.Text("contact")) is { } agent) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await call.Http.SendAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw Failure(answer, await answer.Content.ReadAsStringAsync(ct), explain, call.Clock);
        if (answer.Content.Headers.ContentType?.MediaType is not { } media || !media.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            throw new PluginException(PluginErrorKind.Unavailable, $"{address.Host} answered with something else than JSON.");
        try { return await JsonSerializer.DeserializeAsync(await answer.Content.ReadAsStreamAsync(ct), type, ct) ?? throw new JsonException("It is null."); }
        catch (JsonException broken) { throw new PluginException(PluginErrorKind.Unavailable, $"{address.Host} answered JSON that cannot be read.", broken); }
    }

    /// <summary>Like <see cref="GetAsync"/> for what is always there.</summary>
    public static async ValueTask<T> RequireAsync<T>(IPluginCall call, Uri address, JsonTypeInfo<T> type, Func<string, string?>? explain, CancellationToken ct) where T : class =>
        await GetAsync(call, address, type, explain, ct) ?? throw new PluginException(PluginErrorKind.Unavailable, $"{address.Host} has nothing at {address.AbsolutePath}; check the address in the settings.");

    private static PluginException Failure(HttpResponseMessage answer, string body, Func<string, string?>? explain, TimeProvider clock)
    {
        var host = answer.RequestMessage?.RequestUri?.Host;
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new(PluginErrorKind.Invalid, $"{host} refuses what was asked: {Explained(body, explain) ?? answer.ReasonPhrase}"),
            HttpStatusCode.Unauthorized => new(PluginErrorKind.Unauthorized, $"{host} does not accept the credentials."),
            HttpStatusCode.Forbidden => new(PluginErrorKind.Forbidden, $"{host} does not allow this."),
            HttpStatusCode.Gone or HttpStatusCode.UnavailableForLegalReasons => new(PluginErrorKind.NotFound, $"{host} has removed this and tells nothing about it any more; copies of it have to go."),
            HttpStatusCode.TooManyRequests => new(PluginErrorKind.RateLimited, $"The limit of {host} is reached.") { RetryAfter = RetryAfter(answer, clock) },
            _ => new(PluginErrorKind.Unavailable, $"{host} answered {(int)answer.StatusCode}.") { RetryAfter = RetryAfter(answer, clock) },
        };
    }

    private static string? Explained(string body, Func<string, string?>? explain)
    {
        try { return explain?.Invoke(body) is { Length: > 0 } words ? words[..Math.Min(words.Length, 300)] : null; }
        catch (JsonException) { return null; }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider clock) =>
        (answer.Headers.RetryAfter?.Delta ?? answer.Headers.RetryAfter?.Date - clock.GetUtcNow()) is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait : null;

    /// <summary>Whom the register can write to about our requests. Headers are ASCII, and brackets would end the comment.</summary>
    private static string? Agent(string? contact)
    {
        var plain = string.Concat((contact ?? "").Where(static c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\')));
        return plain.Length == 0 ? null : $"Crm/1.0 ({plain})";
    }
}
