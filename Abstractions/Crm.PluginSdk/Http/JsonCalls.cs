using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins;

/// <summary>Asks an outside system for JSON.</summary>
public static class JsonCalls
{
    /// <summary>Reads one answer of a GET; null = the system has no such thing (404).</summary>
    /// <remarks>A setting named <c>contact</c>, where the plugin has one, goes into the User-Agent, so that the system's people can reach somebody about the requests.</remarks>
    /// <typeparam name="T">A type of the plugin's.</typeparam>
    /// <param name="call">Sends it.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="type">How it is read, from the plugin's own <c>JsonSerializerContext</c>.</param>
    /// <param name="explain">Finds the system's own words in the body of a refusal (400, 422); null = it has none.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">By <see cref="HttpAnswers.Check"/>; <see cref="PluginErrorKind.Unavailable"/> also for what cannot be read.</exception>
    public static async ValueTask<T?> GetJsonAsync<T>(this IPluginCall call, Uri address, JsonTypeInfo<T> type, Func<string, string?>? explain, CancellationToken ct) where T : class
    {
        ArgumentNullException.ThrowIfNull(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await call.SendJsonAsync(request, type, explain, ct);
    }

    /// <summary>Like <see cref="GetJsonAsync"/> with another method, a body or headers, such as a key.</summary>
    /// <typeparam name="T">A type of the plugin's.</typeparam>
    /// <param name="call">Sends it.</param>
    /// <param name="request">What is asked for; a User-Agent of its own is kept.</param>
    /// <param name="type">How the answer is read.</param>
    /// <param name="explain">Finds the system's own words in the body of a refusal; null = it has none.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">As there.</exception>
    public static async ValueTask<T?> SendJsonAsync<T>(this IPluginCall call, HttpRequestMessage request, JsonTypeInfo<T> type, Func<string, string?>? explain, CancellationToken ct) where T : class
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(request);
        var system = request.RequestUri?.Host ?? "The system";
        request.Headers.Accept.Add(new("application/json"));
        if (!request.Headers.Contains("User-Agent") && Agent(call.Settings.Text("contact")) is { } agent) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await call.Http.SendAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        await HttpAnswers.CheckAsync(answer, system, call.Clock, explain, ct);
        return await HttpAnswers.ReadJsonAsync(answer, type, system, ct);
    }

    /// <summary>Like <see cref="GetJsonAsync"/> for what is always there.</summary>
    /// <typeparam name="T">A type of the plugin's.</typeparam>
    /// <param name="call">Sends it.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="explain">Finds the system's own words in the body of a refusal; null = it has none.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">As there; <see cref="PluginErrorKind.Unavailable"/> also for 404, because then the address in the settings is wrong.</exception>
    public static async ValueTask<T> RequireJsonAsync<T>(this IPluginCall call, Uri address, JsonTypeInfo<T> type, Func<string, string?>? explain, CancellationToken ct) where T : class =>
        await call.GetJsonAsync(address, type, explain, ct) ?? throw new PluginException(PluginErrorKind.Unavailable, $"{address.Host} has nothing at {address.AbsolutePath}; check the address in the settings.");

    /// <summary>Headers are ASCII, and brackets would end the comment.</summary>
    private static string? Agent(string? contact)
    {
        var plain = string.Concat((contact ?? "").Where(static c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\')));
        return plain.Length == 0 ? null : $"Crm/1.0 ({plain})";
    }
}
