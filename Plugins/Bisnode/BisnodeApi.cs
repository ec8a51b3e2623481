using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins.Bisnode;

/// <summary>Requests to "Credit Data Companies" version 2 for one company.</summary>
internal sealed class BisnodeApi(IPluginCall call, Tokens tokens)
{
    private const string System = "D&B";

    /// <summary>Asks; null = there is no such company.</summary>
    /// <param name="path">Below the setting's address.</param>
    /// <param name="question">Its body.</param>
    /// <param name="type">How the answer is read.</param>
    /// <param name="isFree">True = asking twice costs nothing, so the host may try again what was lost on the way. What is charged is asked once.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<T?> PostAsync<T>(string path, Question question, JsonTypeInfo<T> type, bool isFree, CancellationToken ct) where T : class
    {
        var response = await SendAsync(path, question, isFree, ct);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // A token may end before its time. One that is new and refused too says that the client may not come in.
            response.Dispose();
            tokens.Forget(call);
            response = await SendAsync(path, question, isFree, ct);
        }
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            if (response.StatusCode == HttpStatusCode.UnavailableForLegalReasons) throw new PluginException(PluginErrorKind.Forbidden, "D&B may not deliver this company, for legal reasons.");
            if (response.StatusCode == HttpStatusCode.BadRequest) throw await RefusalAsync(response, ct);
            HttpAnswers.Check(response, System, call.Clock);
            return await HttpAnswers.ReadJsonAsync(response, type, System, ct);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, Question question, bool isFree, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(call.Settings.Address("address"), path));
        request.Headers.Authorization = new("Bearer", await tokens.GetAsync(call, ct));
        request.Headers.Accept.Add(new("application/json"));
        if (isFree) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = JsonContent.Create(question, BisnodeJson.Default.Question);
        return await call.Http.SendAsync(request, ct);
    }

    /// <summary>Names the fields that are refused, not their values: the number of a sole trader is a person's.</summary>
    private static async Task<PluginException> RefusalAsync(HttpResponseMessage response, CancellationToken ct)
    {
        string[] fields = [];
        try { fields = [.. ((await HttpAnswers.ReadJsonAsync(response, BisnodeJson.Default.ErrorAnswer, System, ct)).SubErrors ?? []).Select(e => e.Field).OfType<string>().Where(f => f.Length <= 60).Distinct().Take(5)]; }
        catch (PluginException) { /* The status alone has to do. */ }
        return new(PluginErrorKind.Invalid, fields.Length == 0 ? "D&B refuses the question." : $"D&B refuses the question's {string.Join(", ", fields)}.");
    }
}
