using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Crm.Host.Storage;

/// <summary>
/// Moves SQLite's write-ahead log into the file. The bulk goes on another thread while commits go on; what they added meanwhile is little and is moved by
/// the writer between two commits, so that the log begins anew. It has to: a log that only ever grows is one more allocation for the disk to make
/// durable in each commit, where a log that is written over is none. For the same reason its file is never cut.
/// </summary>
internal sealed class SqliteLog(string file, SqliteConnection writer, SqliteConnection helper) : IDisposable
{
    /// <summary>Pages in the log after which they are moved. Later is less work, since a page is moved once however often it was written.</summary>
    private const int MoveAfter = 8_192;

    /// <summary>Pages in the log at which the writer waits for whoever still reads them.</summary>
    private const int Limit = 65_536;

    private const int Passes = 3;

    /// <summary>Held as long as the connections are: closing any handle of a file drops all locks that the process has on it (POSIX).</summary>
    private readonly SafeFileHandle _database = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private volatile Stage _stage;
    private long _pages;
    private long _moveAt = MoveAfter;

    private enum Stage
    {
        Idle,
        Moving,
        Moved,
    }

    /// <summary>Called by the writer between two commits.</summary>
    public void Tend()
    {
        raw.sqlite3_db_status(writer.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        _pages += written;
        if (_stage == Stage.Moved)
        {
            _stage = Stage.Idle;
            if (Move(writer, _pages < Limit ? "passive" : "restart")) (_pages, _moveAt) = (0, MoveAfter);
            else _moveAt = _pages + (MoveAfter / 4);
        }
        else if (_stage == Stage.Idle && _pages >= _moveAt)
        {
            _stage = Stage.Moving;
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                MoveBulk();
                _stage = Stage.Moved;
            }, null);
        }
    }

    /// <summary>Called when every other connection is closed.</summary>
    public void Dispose()
    {
        helper.Dispose();
        _database.Dispose();
    }

    /// <summary>
    /// Each pass moves what was added during the one before, which is less each time. SQLite makes the file durable only when it has moved everything;
    /// without doing it here the writer would wait for all of it at the end.
    /// </summary>
    private void MoveBulk()
    {
        try
        {
            for (var pass = 0; pass < Passes; pass++)
            {
                Move(helper, "passive");
                RandomAccess.FlushToDisk(_database);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // SQLite does it again, and judges the result, before it relies on it.
        }
    }

    /// <summary>True when the whole log is in the file.</summary>
    private static bool Move(SqliteConnection connection, string how)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"pragma wal_checkpoint({how})";
            using var row = command.ExecuteReader();
            // Whether somebody was in the way, pages in the log, pages of them that are in the file.
            return row.Read() && row.GetInt64(0) == 0 && row.GetInt64(1) == row.GetInt64(2);
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException or InvalidOperationException)
        {
            // A full or slow disk, or the end of the program: the log keeps everything, and a later commit tries again.
            return false;
        }
    }
}
