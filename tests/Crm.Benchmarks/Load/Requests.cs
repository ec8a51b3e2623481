using System.Globalization;
using System.Net;
using System.Text;

namespace Crm.Benchmarks.Load;

/// <summary>Requests as they go over the wire, made before the run so that the generator only sends.</summary>
internal static class Requests
{
    /// <param name="body">JSON; null = none.</param>
    public static byte[] Of(string method, IPEndPoint server, string path, string key, string? body = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        var content = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {bytes.Length}\r\n");
        return [.. Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {key}\r\n{content}\r\n"), .. bytes];
    }

    /// <summary>Every client sends these in turn, each beginning with another one.</summary>
    public static NextRequest InTurn(params byte[][] requests)
    {
        Dictionary<int, int> next = [];
        return client => requests[(next[client] = next.GetValueOrDefault(client, client - 1) + 1) % requests.Length];
    }
}
