using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Crm.Benchmarks.Load;

/// <summary>
/// Waits for any of many connections. On Unix it is one call of poll(2): <see cref="Socket.Select(System.Collections.IList?, System.Collections.IList?, System.Collections.IList?, TimeSpan)"/>
/// does the same at ten times the price, and the generator's processor time is the servers' loss.
/// </summary>
internal sealed class ReadySockets
{
    private const short Readable = 1;

    private readonly LoadConnection[] _connections;
    private readonly Poll[] _polled;

    public ReadySockets(LoadConnection[] connections)
    {
        _connections = connections;
        _polled = [.. connections.Select(c => new Poll { Descriptor = (int)c.Socket.Handle, Events = Readable })];
    }

    /// <summary>The connection is no longer waited for.</summary>
    public void Leave(int connection) => _polled[connection].Descriptor = -1;

    /// <summary>Indexes of connections that have something to read; empty when the time is over.</summary>
    public void Wait(List<int> ready, TimeSpan patience)
    {
        ready.Clear();
        if (OperatingSystem.IsWindows())
        {
            var sockets = _connections.Where((_, i) => _polled[i].Descriptor != -1).Select(c => c.Socket).ToList();
            Socket.Select(sockets, null, null, patience);
            ready.AddRange(sockets.Select(s => Array.FindIndex(_connections, c => c.Socket == s)));
            return;
        }
        const int interrupted = 4; // EINTR: the runtime sends its threads signals.
        while (PollAll(_polled, (nuint)_polled.Length, (int)patience.TotalMilliseconds) < 0)
        {
            if (Marshal.GetLastPInvokeError() != interrupted) throw new IOException($"poll failed with error {Marshal.GetLastPInvokeError()}.");
        }
        for (var i = 0; i < _polled.Length; i++)
        {
            if (_polled[i].Returned != 0 && _polled[i].Descriptor != -1) ready.Add(i);
        }
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int PollAll([In, Out] Poll[] polled, nuint count, int milliseconds);

    /// <summary>struct pollfd; a negative descriptor is passed over.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
