using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Outages;

public sealed class PostgresOutageTests(PostgresDatabases databases) : IClassFixture<PostgresDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_database_goes_and_comes_back_the_server_follows_without_a_restart()
    {
        Postgres.SkipWithout();
        await using var cluster = await PostgresCluster.StartNewAsync(Ct);
        var database = await databases.NewAsync(cluster, Ct);
        await new Outage(database).EndureAsync(_ => cluster.StopAsync(), _ => cluster.StartAsync(Ct), Ct);
    }

    [Fact]
    public async Task A_full_disk_is_a_503_until_there_is_room()
    {
        Postgres.SkipWithout();
        await using var disk = await SmallDisk.TryMountAsync(160, Ct);
        Assert.SkipWhen(disk is null, "To give PostgreSQL a small disk takes the right to mount one.");
        var folder = Directory.CreateDirectory(Path.Combine(disk.Folder, "data")).FullName;
        await using var cluster = await PostgresCluster.StartNewAsync(Ct, folder);
        var database = await databases.NewAsync(cluster, Ct);
        await new Outage(database).EndureAsync(
            _ => Task.Run(disk.Fill),
            async _ =>
            {
                disk.Free();
                // Without room for its log PostgreSQL ends itself; then somebody has to start it, as a service manager would.
                await cluster.StopAsync();
                await cluster.StartAsync(Ct);
            }, Ct);
    }

    [Fact]
    public async Task A_database_that_is_slow_delays_writes_and_not_reads()
    {
        var database = await databases.NewAsync(Ct);
        System.Data.Common.DbConnection? holder = null;
        await new Outage(database) { ReadsGoOn = true }.EndureAsync(
            async _ =>
            {
                holder = await database.ConnectAsync(Ct);
                await using var begin = holder.CreateCommand();
                begin.CommandText = "begin; lock table heads in exclusive mode";
                await begin.ExecuteNonQueryAsync(Ct);
            },
            async _ => await holder!.DisposeAsync(), Ct);
    }
}
