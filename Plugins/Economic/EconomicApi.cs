using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins.Economic;

/// <summary>Requests to e-conomic's REST API for one company, with the app's token and the agreement's.</summary>
internal sealed class EconomicApi(IPluginCall call)
{
    /// <summary>The most that a page may hold.</summary>
    public const int PageSize = 1_000;
    private const string System = "e-conomic";

    public async ValueTask<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct);
        return answer is null ? null : await HttpAnswers.ReadJsonAsync(answer, type, System, ct, anyMediaType: true);
    }

    /// <summary>A page of a list, without rows that are null, and when e-conomic answered by its own clock.</summary>
    public async ValueTask<(Page<T> List, DateTimeOffset? At)> PageAsync<T>(string path, JsonTypeInfo<Page<T>> type, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct) ?? throw new PluginException(PluginErrorKind.Unavailable, "e-conomic has no such list; check the address in the settings.");
        var list = await HttpAnswers.ReadJsonAsync(answer, type, System, ct, anyMediaType: true);
        return (list with { Collection = list.Collection?.Where(row => row is not null).ToArray() }, answer.Headers.Date);
    }

    /// <summary>A customer with all that e-conomic keeps of it, also what this plugin knows nothing of; null = there is none.</summary>
    public async ValueTask<JsonObject?> WholeAsync(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct);
        if (answer is null) return null;
        try { return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) as JsonObject ?? throw new JsonException("It is no object."); }
        catch (JsonException broken) { throw new PluginException(PluginErrorKind.Unavailable, "e-conomic answered JSON that cannot be read.", broken); }
    }

    public async ValueTask<Customer> WriteAsync(HttpMethod method, string path, JsonObject customer, CancellationToken ct)
    {
        using var answer = await SendAsync(method, path, customer, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "e-conomic has no such customer any more.");
        return await HttpAnswers.ReadJsonAsync(answer, EconomicJson.Default.Customer, System, ct, anyMediaType: true);
    }

    /// <summary>The currency that the agreement keeps books in.</summary>
    public async ValueTask<string> BaseCurrencyAsync(CancellationToken ct) =>
        (await GetAsync("self", EconomicJson.Default.Self, ct))?.Settings?.BaseCurrency ?? throw new PluginException(PluginErrorKind.Unavailable, "e-conomic does not tell the agreement's currency.");

    private async ValueTask<HttpResponseMessage?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(call.Settings.Address("address"), path));
        request.Headers.Add("X-AppSecretToken", call.Settings.Required("appSecretToken"));
        request.Headers.Add("X-AgreementGrantToken", call.Settings.Required("agreementGrantToken"));
        request.Headers.Accept.Add(new("application/json"));
        // e-conomic answers a repeated write with what the first came to, so that the host may try again.
        if (body is not null && call.IdempotencyKey is { } key) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await call.Http.SendAsync(request, ct);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            await HttpAnswers.CheckAsync(answer, System, call.Clock, Explain, ct);
            return null;
        }
    }

    /// <summary>Names the fields that are refused and why, with e-conomic's codes; not their values.</summary>
    private static string? Explain(string body)
    {
        using var error = JsonDocument.Parse(body);
        if (error.RootElement.ValueKind != JsonValueKind.Object) return null;
        var told = error.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object ? errors.EnumerateObject().SelectMany(Told).Take(5).ToArray() : [];
        return told.Length > 0 ? string.Join("; ", told) : Text(error.RootElement, "message");
    }

    private static IEnumerable<string> Told(JsonProperty field)
    {
        if (field.Value.ValueKind != JsonValueKind.Object || !field.Value.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array) return [field.Name];
        return errors.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(e => string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {Text(e, "message")} ({Text(e, "errorCode")})"));
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
