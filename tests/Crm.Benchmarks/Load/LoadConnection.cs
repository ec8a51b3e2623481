using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Crm.Benchmarks.Load;

/// <summary>One keep-alive connection with at most one request under way. It reads as much of HTTP/1.1 as its own servers write: a length or chunks.</summary>
internal sealed class LoadConnection : IDisposable
{
    private byte[] _received = new byte[16 * 1024];
    private int _length;
    private long _sentAt;

    public LoadConnection(IPEndPoint server)
    {
        Socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(server);
    }

    public Socket Socket { get; }

    public int Status { get; private set; }

    public TimeSpan Took { get; private set; }

    public int AnswerBytes => _length;

    /// <summary>The last answer, head and body.</summary>
    public ReadOnlySpan<byte> Answer => _received.AsSpan(0, _length);

    public void Send(ReadOnlySpan<byte> request)
    {
        _length = 0;
        _sentAt = Stopwatch.GetTimestamp();
        while (request.Length > 0) request = request[Socket.Send(request)..];
    }

    /// <summary>Takes what has arrived; true when the answer is complete.</summary>
    public bool Receive()
    {
        if (_length == _received.Length) Array.Resize(ref _received, _received.Length * 2);
        var got = Socket.Receive(_received.AsSpan(_length));
        if (got == 0) throw new IOException("The server closed the connection.");
        _length += got;
        if (!IsComplete(_received.AsSpan(0, _length))) return false;
        Took = Stopwatch.GetElapsedTime(_sentAt);
        return true;
    }

    public void Dispose() => Socket.Dispose();

    private bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        // "HTTP/1.1 200 OK"
        Status = Utf8Parser.TryParse(answer.Slice(9, 3), out int status, out _) ? status : 0;
        var body = answer[(head + 4)..];
        var headers = answer[..(head + 2)];
        var at = headers.IndexOf("\r\nContent-Length: "u8);
        if (at >= 0) return Utf8Parser.TryParse(headers[(at + 18)..], out int length, out _) && body.Length >= length;
        return headers.IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0 || LastChunkIsIn(body);
    }

    private static bool LastChunkIsIn(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var line = body.IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(body[..line], out int size, out _, 'x')) return false;
            var next = line + 2 + size + 2;
            if (body.Length < next) return false;
            if (size == 0) return true;
            body = body[next..];
        }
    }
}
