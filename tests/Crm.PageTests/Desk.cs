using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Crm.PageTests;

/// <summary>A signed-in person: a browser window, and the API under the same session to prepare what the pages show.</summary>
public sealed class Desk : IAsyncDisposable
{
    private static readonly string[] Customer = ["customer"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentDictionary<IRequest, bool> _underWay = new();
    private readonly string _csrf;
    private readonly string _origin;

    private Desk(IPage page, string origin, string company, string csrf)
    {
        (Page, Company, _origin, _csrf) = (page, company, origin, csrf);
        page.Console += (_, message) => { if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal)) _complaints.Enqueue(message.Text); };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) _complaints.Enqueue($"It asked another host: {request.Url}"); };
        page.Request += (_, request) => Sent(request);
        page.RequestFinished += (_, request) => _underWay.TryRemove(request, out var _);
        page.RequestFailed += (_, request) => _underWay.TryRemove(request, out var _);
    }

    public IPage Page { get; }

    /// <summary>The slug.</summary>
    public string Company { get; }

    /// <summary>Errors in the console, unhandled ones, and requests that left the host. A page has none.</summary>
    public IEnumerable<string> Complaints => _complaints.Where(c => Expected is null || !Expected.Split(" | ").Any(e => c.Contains(e, StringComparison.Ordinal)));

    /// <summary>Complaints that the test itself brings about, with bars between them; null = none.</summary>
    public string? Expected { get; set; }

    internal static async Task<Desk> OpenAsync(IBrowserContext context, string origin, string company, string csrf, string language)
    {
        await context.AddInitScriptAsync($"localStorage.getItem('crm-language') ?? localStorage.setItem('crm-language', '{language}')");
        return new(await context.NewPageAsync(), origin, company, csrf);
    }

    /// <summary>Opens a page of the company, such as <c>crm?stage=lost</c>.</summary>
    public Task GoAsync(string path) => Page.GotoAsync($"/{Company}/{path}");

    /// <summary>Waits until nothing is loading: no call without an answer, no skeleton, no busy part, and what came is drawn.</summary>
    public async Task SettledAsync()
    {
        var loading = Page.Locator(".mantine-Skeleton-root, [aria-busy=true]");
        do
        {
            await Expect(loading).ToHaveCountAsync(0);
            await WaitAsync(() => Task.FromResult(_underWay.IsEmpty), () => $"No answer came to {string.Join(", ", _underWay.Keys.Select(request => request.Url))}");
            await Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        }
        while (!_underWay.IsEmpty || await loading.CountAsync() > 0);
    }

    /// <summary>Reads from the company's API.</summary>
    public Task<JsonElement> GetAsync(string path) => CallAsync(Page.APIRequest, _csrf, "GET", $"/api/v1/{Company}/{path}", null);

    /// <summary>
    /// Reads from the company's API until it is so: for what a page shows at once and tells nobody when it is saved. Where the page tells, that is waited
    /// for instead.
    /// </summary>
    public async Task UntilAsync(string path, Func<JsonElement, bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        JsonElement read = default;
        await WaitAsync(async () => isSo(read = await GetAsync(path)), () => $"{path} never was so: {what}. It is {read}");
    }

    /// <summary>Writes over the company's API.</summary>
    public Task<JsonElement> PostAsync(string path, object? body = null) => CallAsync(Page.APIRequest, _csrf, "POST", $"/api/v1/{Company}/{path}", body ?? new { });

    /// <summary>Changes over the company's API, as a colleague would in between.</summary>
    public Task<JsonElement> PatchAsync(string path, object body) => CallAsync(Page.APIRequest, _csrf, "PATCH", $"/api/v1/{Company}/{path}", body);

    /// <summary>Makes a partner and answers its number.</summary>
    public async Task<long> PartnerAsync(string name, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new { name, country = "SE", relations = Customer })!.AsObject();
        if (more is not null) foreach (var (member, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) body[member] = value?.DeepClone();
        return (await PostAsync("partners", body)).GetProperty("number").GetInt64();
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private static async Task WaitAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var begun = Stopwatch.GetTimestamp(); !await isSo();)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience) Assert.Fail(otherwise());
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The API's, but for the line that stays open; a new document waits for no call of the one before it.</summary>
    private void Sent(IRequest request)
    {
        if (request.IsNavigationRequest) _underWay.Clear();
        else if (request.Url.StartsWith($"{_origin}/api/", StringComparison.Ordinal) && !request.Url.Contains("/events/stream", StringComparison.Ordinal)) _underWay[request] = true;
    }

    internal static async Task<JsonElement> CallAsync(IAPIRequestContext requests, string csrf, string method, string path, object? body)
    {
        Dictionary<string, string> headers = csrf.Length > 0 ? new() { ["X-CSRF-Token"] = csrf } : [];
        if (body is not null) headers["Content-Type"] = "application/json";
        var answer = await requests.FetchAsync(path, new() { Method = method, Headers = headers, Data = body is null ? null : JsonSerializer.Serialize(body) });
        var text = await answer.TextAsync();
        Assert.True(answer.Ok, $"{method} {path}: {answer.Status} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
