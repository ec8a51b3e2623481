using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Crm.StandIns;
using Crm.SystemTests.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>A server made from a vendor's specification (Prism), between a plugin and a stand-in: it refuses what the vendor would refuse and passes the rest on.</summary>
internal sealed class Prism : IAsyncDisposable
{
    /// <summary>On every answer of a stand-in; what comes without it, Prism has refused.</summary>
    private const string Mark = "Stand-In";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> _violations = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
    private readonly Process _process;
    private readonly Uri _judge;
    private readonly string _file, _below;
    private StandIn _door = null!;

    private Prism(Process process, Uri judge, string file, string below) => (_process, _judge, _file, _below) = (process, judge, file, below);

    /// <summary>Where it is installed.</summary>
    public static string Folder { get; } = Path.Combine(NodeTools.Repository, "tests", "vendor-contracts");

    /// <summary>Where plugins send their requests.</summary>
    public Uri Address => _door.Address;

    /// <summary>What it refused, and why.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Method, path and query of what it judged.</summary>
    public IReadOnlyList<string> Judged => _door.Requests;

    public static Task InstallAsync() => NodeTools.InstallAsync(Folder);

    /// <summary>For the stand-in behind it.</summary>
    public static Task MarkAsync(HttpContext context, RequestDelegate usual)
    {
        context.Response.Headers[Mark] = "1";
        return usual(context);
    }

    /// <param name="specification">What it holds requests to.</param>
    /// <param name="standIn">Where requests go on to.</param>
    public static async Task<Prism> StartAsync(Specification specification, Uri standIn)
    {
        var (port, file) = (FreePort(), await specification.SaveAsync());
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js"), "proxy", file, $"{standIn}{specification.Below}".TrimEnd('/'), "--errors", "-h", "127.0.0.1", "-p", $"{port}", "-v", "error"])
            { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        var prism = new Prism(process, new($"http://127.0.0.1:{port}/"), file, specification.Below);
        try
        {
            await prism.ReadyAsync();
            prism._door = await StandIn.StartAsync(app => app.Run(prism.PassOnAsync));
            return prism;
        }
        catch
        {
            await prism.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request as it is and answers what is wrong with it.</summary>
    public async Task<IReadOnlyList<string>> JudgeAsync(string method, string pathAndQuery, string body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var before = _violations.Count;
        using var request = new HttpRequestMessage(new(method), new Uri(Address, pathAndQuery)) { Content = body.Length > 0 ? new StringContent(body, null, "application/json") : null };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        (await _http.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        return [.. _violations.Skip(before)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null) await _door.DisposeAsync();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _http.Dispose();
        File.Delete(_file);
    }

    private async Task ReadyAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var errors = _process.StandardError.ReadToEndAsync();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var begun = Stopwatch.GetTimestamp(); ; await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (_process.HasExited) throw new InvalidOperationException($"Prism ended: {await output}{await errors}");
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new InvalidOperationException("Prism does not listen.");
            try { (await _http.GetAsync(_judge, TestContext.Current.CancellationToken)).Dispose(); return; }
            catch (HttpRequestException) { /* Not yet. */ }
        }
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var path = $"{context.Request.Path}{context.Request.QueryString}"[1..];
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(_judge, path.StartsWith(_below, StringComparison.Ordinal) ? path[_below.Length..] : path));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0) request.Content = new ByteArrayContent(await BytesAsync(context.Request.Body, context.RequestAborted));
        foreach (var (name, values) in context.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (!answer.Headers.Contains(Mark)) _violations.Enqueue($"{context.Request.Method} /{path}: {System.Text.Encoding.UTF8.GetString(body)}");
        (context.Response.StatusCode, context.Response.ContentType) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString());
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
