using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Crm.Benchmarks.Load;

/// <summary>
/// Waits for any of many connections. On Linux by epoll(7): select and poll look at every connection at every call, which for hundreds of them costs the
/// generator, and so the server beside it, more than the request itself. Elsewhere by select: the figures there are for looking, not for publishing.
/// </summary>
internal sealed class ReadySockets : IDisposable
{
    private const int Add = 1, Remove = 2, Readable = 1, Interrupted = 4, Most = 256;

    // struct epoll_event is packed on x64 only: 32 bits of flags, then 64 bits of our own.
    private static readonly int Data = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly LoadConnection[] _connections;
    private readonly HashSet<int> _left = [];
    private readonly byte[] _events = new byte[(Data + 8) * Most];
    private readonly int _epoll = -1;

    public ReadySockets(LoadConnection[] connections)
    {
        _connections = connections;
        if (!OperatingSystem.IsLinux()) return;
        _epoll = Checked(epoll_create1(0));
        for (var i = 0; i < connections.Length; i++) Control(Add, i);
    }

    /// <summary>The connection is no longer waited for.</summary>
    public void Leave(int connection)
    {
        _left.Add(connection);
        if (_epoll >= 0) Control(Remove, connection);
    }

    /// <summary>Indexes of connections that have something to read; empty when the time is over.</summary>
    public void Wait(List<int> ready, TimeSpan patience)
    {
        ready.Clear();
        if (_epoll < 0)
        {
            var sockets = _connections.Where((_, i) => !_left.Contains(i)).Select(c => c.Socket).ToList();
            Socket.Select(sockets, null, null, patience);
            ready.AddRange(sockets.Select(s => Array.FindIndex(_connections, c => c.Socket == s)));
            return;
        }
        int count;
        while ((count = epoll_wait(_epoll, _events, Most, (int)patience.TotalMilliseconds)) < 0)
        {
            // The runtime sends its threads signals.
            if (Marshal.GetLastPInvokeError() != Interrupted) throw new Win32Exception();
        }
        for (var i = 0; i < count; i++) ready.Add((int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan((i * (Data + 8)) + Data)));
    }

    public void Dispose()
    {
        if (_epoll >= 0) _ = close(_epoll);
    }

    private void Control(int what, int connection)
    {
        var change = new byte[Data + 8];
        BinaryPrimitives.WriteInt32LittleEndian(change, Readable);
        BinaryPrimitives.WriteInt64LittleEndian(change.AsSpan(Data), connection);
        Checked(epoll_ctl(_epoll, what, (int)_connections[connection].Socket.Handle, change));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_ctl(int epoll, int what, int descriptor, byte[] change);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_wait(int epoll, [Out] byte[] events, int most, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
}
