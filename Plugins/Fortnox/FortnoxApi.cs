using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Fortnox;

/// <summary>Requests to Fortnox's API, version 3, for one company.</summary>
internal sealed partial class FortnoxApi(IPluginCall call, ServiceTokens service)
{
    /// <summary>The most that a page may hold.</summary>
    public const int PageSize = 500;
    private const string System = "Fortnox";

    public async ValueTask<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var answer = await AnswerAsync(HttpMethod.Get, path, null, ct);
        return answer is null ? null : await HttpAnswers.ReadJsonAsync(answer, type, System, ct, anyMediaType: true);
    }

    /// <summary>A page of a list, and when Fortnox answered by its own clock.</summary>
    public async ValueTask<(T List, DateTimeOffset? At)> PageAsync<T>(string list, string query, int page, int size, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var answer = await AnswerAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{list}?limit={size}&page={page}{query}"), null, ct)
            ?? throw new PluginException(PluginErrorKind.Unavailable, "Fortnox has no such list; check the address in the settings.");
        return (await HttpAnswers.ReadJsonAsync(answer, type, System, ct, anyMediaType: true), answer.Headers.Date);
    }

    public async ValueTask<Customer> WriteAsync(HttpMethod method, string path, Customer customer, CancellationToken ct)
    {
        using var answer = await AnswerAsync(method, path, customer, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "Fortnox has no such customer any more.");
        return (await HttpAnswers.ReadJsonAsync(answer, FortnoxJson.Default.CustomerAnswer, System, ct, anyMediaType: true)).Customer ?? throw new PluginException(PluginErrorKind.Unavailable, "Fortnox answered no customer.");
    }

    /// <summary>
    /// Changed since, with five minutes to spare. Which time zone Fortnox reads it in is not told: UTC is an hour or two before Swedish time, so writing
    /// UTC asks for too much at worst, where Swedish time could ask for too little.
    /// </summary>
    public string ChangedSince(DateTimeOffset? since)
    {
        if (since is not { } from) return "";
        var local = call.Settings.Flag("swedishTime") ? TimeZoneInfo.ConvertTime(from, SwedishTime()) : from.ToUniversalTime();
        return $"&lastmodified={Uri.EscapeDataString(local.AddMinutes(-5).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))}";
    }

    private static TimeZoneInfo SwedishTime() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Stockholm", out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>An answer that is one; null = there is no such thing.</summary>
    private async ValueTask<HttpResponseMessage?> AnswerAsync(HttpMethod method, string path, Customer? body, CancellationToken ct)
    {
        var address = new Uri(call.Settings.Address("address"), path);
        var answer = call.Settings.Text("tenantId") is { } tenant ? await service.SendAsync(call, tenant, Request, ct) : await call.SendWithTokenAsync(Request, ct);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            if (await ErrorAsync(answer, ct) is { } error) throw error;
            HttpAnswers.Check(answer, System, call.Clock);
            return null;
        }

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(new CustomerAnswer(body), FortnoxJson.Default.CustomerAnswer) };
            request.Headers.Accept.Add(new("application/json"));
            return request;
        }
    }

    /// <summary>What Fortnox says in its own codes, which tell more than the status; null = nothing.</summary>
    private static async ValueTask<PluginException?> ErrorAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        ErrorInformation? error;
        try { error = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(ct), FortnoxJson.Default.ErrorAnswer)?.ErrorInformation; }
        catch (JsonException) { return null; }
        if (error?.Code is not { } code || answer.StatusCode == HttpStatusCode.TooManyRequests) return null;
        return code switch
        {
            2000310 or 2000311 => new(PluginErrorKind.Unauthorized, $"Fortnox does not accept the connection ({code})."),
            2001101 or 2001103 => new(PluginErrorKind.Forbidden, $"The company has no licence in Fortnox for this ({code})."),
            2000637 => new(PluginErrorKind.Conflict, $"The customer number has been used in Fortnox before ({code})."),
            1000003 => new(PluginErrorKind.Unavailable, $"Fortnox has a fault of its own ({code})."),
            _ when (int)answer.StatusCode is 400 or 422 => new(PluginErrorKind.Invalid, $"Fortnox refuses it: {Unquoted(error.Message ?? "")} ({code})"),
            _ => null,
        };
    }

    /// <summary>Without values, which may be a person's: Fortnox puts them in quotes.</summary>
    private static string Unquoted(string message) => Quoted().Replace(message[..Math.Min(message.Length, 300)], "…").Trim();

    [GeneratedRegex("\"[^\"]*\"?|'[^']*'?|”[^”]*”?|[^\\s]+@[^\\s]+|\\d{6,}-?\\d*")]
    private static partial Regex Quoted();
}
