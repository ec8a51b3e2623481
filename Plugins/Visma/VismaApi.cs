using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins.Visma;

/// <summary>Requests to Visma eEkonomi's API, version 2, for one company.</summary>
internal sealed class VismaApi(IPluginCall call)
{
    /// <summary>The most that a page may hold.</summary>
    public const int PageSize = 1_000;
    private const string System = "Visma";

    public async ValueTask<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct);
        return answer is null ? null : await HttpAnswers.ReadJsonAsync(answer, type, System, ct, anyMediaType: true);
    }

    /// <summary>A page of a list, without rows that are null.</summary>
    /// <param name="list">Its path.</param>
    /// <param name="page">From 1 on.</param>
    /// <param name="order">The member that rows are ordered by, so that they stay where they are.</param>
    /// <param name="filter">Null = all.</param>
    /// <param name="more">Another parameter; null = none.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<Page<T>> PageAsync<T>(string list, int page, string order, string? filter, string? more, JsonTypeInfo<Page<T>> type, CancellationToken ct)
    {
        var told = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{list}?$page={page}&$pagesize={PageSize}&$orderby={order}{(filter is null ? "" : $"&$filter={Uri.EscapeDataString(filter)}")}{(more is null ? "" : $"&{more}")}"), type, ct)
            ?? throw new PluginException(PluginErrorKind.Unavailable, "Visma has no such list; check the address in the settings.");
        return told with { Data = told.Data?.Where(row => row is not null).ToArray() };
    }

    /// <summary>A customer with all that Visma keeps of it; null = there is none.</summary>
    public async ValueTask<JsonObject?> WholeAsync(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct);
        if (answer is null) return null;
        try { return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) as JsonObject ?? throw new JsonException("It is no object."); }
        catch (JsonException broken) { throw new PluginException(PluginErrorKind.Unavailable, "Visma answered JSON that cannot be read.", broken); }
    }

    public async ValueTask<Customer> WriteAsync(HttpMethod method, string path, JsonObject customer, CancellationToken ct)
    {
        using var answer = await SendAsync(method, path, customer, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "Visma has no such customer any more.");
        return await HttpAnswers.ReadJsonAsync(answer, VismaJson.Default.Customer, System, ct, anyMediaType: true);
    }

    private async ValueTask<HttpResponseMessage?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        var (address, json) = (new Uri(call.Settings.Address("address"), path), body?.ToJsonString());
        var answer = await call.SendWithTokenAsync(Request, ct);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            var error = await ErrorAsync(answer, ct);
            if (error?.ErrorCode == 3000) return null;
            if (error is not null && VismaErrors.Of(error, HttpAnswers.RetryAfter(answer, call.Clock)) is { } known) throw known;
            HttpAnswers.Check(answer, System, call.Clock);
            return null;
        }

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(method, address) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.Accept.Add(new("application/json"));
            return request;
        }
    }

    private static async ValueTask<ErrorAnswer?> ErrorAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try { return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(ct), VismaJson.Default.ErrorAnswer); }
        catch (JsonException) { return null; }
    }
}
