using System.Net;

namespace Crm.StandIns;

/// <summary>A server that behaves as an outside system does, on an address of its own. Tests start it in their process; the demo starts all of them.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<Func<HttpContext, RequestDelegate, Task>> _next = new();
    private readonly List<string> _requests = [];

    private StandIn(WebApplication app) => _app = app;

    /// <summary>Where it listens, ending in a slash.</summary>
    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>Method, path and query of what was asked, in order.</summary>
    public IReadOnlyList<string> Requests { get { lock (_requests) return [.. _requests]; } }

    /// <summary>Answers the next request in another way than usual: a time-out, an error, nonsense. May be called several times.</summary>
    public void Next(RequestDelegate answer) => Next((context, _) => answer(context));

    /// <summary>Answers the next requests as usual, whatever was told before.</summary>
    public void Forget() { lock (_next) _next.Clear(); }

    /// <summary>Does what the next request asks, and breaks the connection instead of answering.</summary>
    public void LoseNextAnswer() => Next(async (context, usual) =>
    {
        context.Response.Body = Stream.Null;
        await usual(context);
        context.Abort();
    });

    private void Next(Func<HttpContext, RequestDelegate, Task> answer) { lock (_next) _next.Enqueue(answer); }

    /// <summary>Starts one.</summary>
    /// <param name="map">Maps its routes.</param>
    /// <param name="port">0 = any that is free.</param>
    public static async Task<StandIn> StartAsync(Action<WebApplication> map, int port = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var standIn = new StandIn(app);
        app.Use(standIn.NoteAsync);
        map(app);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>Waits until a signal ends it.</summary>
    public Task EndedAsync() => _app.WaitForShutdownAsync();

    private Task NoteAsync(HttpContext context, RequestDelegate usual)
    {
        lock (_requests) _requests.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        Func<HttpContext, RequestDelegate, Task>? special;
        lock (_next) _next.TryDequeue(out special);
        return special is null ? usual(context) : special(context, usual);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
