using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Outages;

public sealed class SqliteOutageTests(SqliteDatabases databases) : IClassFixture<SqliteDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_stops_writes_and_not_reads_until_there_is_room()
    {
        // Room enough for everything that is refused meanwhile and repeated afterwards: on a fast machine tens of thousands of writes.
        await using var disk = await SmallDisk.TryMountAsync(256, Ct);
        if (disk is not null)
        {
            var onDisk = new SqliteDatabase(Path.Combine(disk.Folder, "data"));
            await new Outage(onDisk) { ReadsGoOn = true }.EndureAsync(
                _ => Task.Run(disk.Fill),
                _ =>
                {
                    disk.Free();
                    return Task.CompletedTask;
                }, Ct);
            return;
        }
        // Without the right to mount a disk: the system refuses every byte that the server writes.
        var database = await databases.NewAsync(Ct);
        await new Outage(database) { ReadsGoOn = true }.EndureAsync(server => LimitFilesAsync(server, "1"), server => LimitFilesAsync(server, "unlimited"), Ct);
    }

    [Fact]
    public async Task A_disk_that_is_slow_delays_writes_and_not_reads()
    {
        var database = await databases.NewAsync(Ct);
        System.Data.Common.DbConnection? holder = null;
        await new Outage(database) { ReadsGoOn = true }.EndureAsync(
            async _ =>
            {
                // Whoever holds the file's write lock is, to the server, a write that takes its time.
                holder = await database.ConnectAsync(Ct);
                await using var begin = holder.CreateCommand();
                begin.CommandText = "begin immediate";
                await begin.ExecuteNonQueryAsync(Ct);
            },
            async _ => await holder!.DisposeAsync(), Ct);
    }

    private static async Task LimitFilesAsync(Server server, string bytes) =>
        Assert.True(await SmallDisk.RunAsync("prlimit", ["--pid", $"{server.ProcessId}", $"--fsize={bytes}:"], Ct), "prlimit (util-linux) did not work.");
}
