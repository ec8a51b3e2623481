using System.Data.Common;
using Npgsql;

namespace Crm.SystemTests.Storage;

public sealed class PostgresStoreTests(PostgresDatabases databases) : StoreContract(databases), IClassFixture<PostgresDatabases>
{
    private readonly PostgresDatabases _databases = databases;

    private PostgresDatabase Database => (PostgresDatabase)_databases.Shared;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected override int Writers => 4;

    private protected override async Task CheckWithoutConditionAsync(IDatabase database, string table, CompanyRef one, CompanyRef other)
    {
        // The name in a comment satisfies the guard; row-level security has to do the rest.
        Assert.Equal([one.Id], await database.QueryAsync(one, $"select company from {table} -- @company", [], row => (int)row.GetInt64(0), Ct));
        Assert.Equal(0, await database.ExecuteAsync(one, $"delete from {table} where company = {other.Id} -- @company", [], Ct));
        Assert.Equal(0, await database.ExecuteAsync(one, $"update {table} set company = company where company <> @company", [], Ct));
        await using var connection = await Database.ConnectAsync($"{one.Id}", Ct);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, $"update {table} set company = {other.Id}"))).SqlState);
        await using var nobody = await Database.ConnectAsync("", Ct);
        Assert.Equal(0, await ExecuteAsync(nobody, $"delete from {table}"));
    }

    [Fact]
    public async Task The_tests_do_not_run_as_a_role_that_row_level_security_does_not_bind()
    {
        Assert.Equal([false], await Database.SelectAsync("select rolsuper or rolbypassrls from pg_roles where rolname = current_user", row => row.GetBoolean(0), Ct));
    }

    [Fact]
    public async Task What_is_answered_without_a_commit_is_of_what_another_host_wrote_last()
    {
        await using TestHost one = NewHost(), other = NewHost();
        var company = _databases.NewCompany();
        var number = await one.MakeAsync(company, new("first"), Ct);
        await one.SendAsync(company, number, new RenameWidget("second"), Ct);
        Assert.Equal(3, (await other.SendAsync(company, number, new RenameWidget("third"), Ct)).Row!.Version);
        // In the memory of the one it still is the second: nothing would be to do, and a caller who has read the third would be refused.
        Assert.Equal(4, (await one.SendAsync(company, number, new RenameWidget("second"), Ct)).Row!.Version);
        await other.SendAsync(company, number, new CountUp(), Ct);
        Assert.Equal(6, (await one.Actors.SendAsync(Call.System(company) with { IfMatch = 5 }, number, new CountUp(), Ct)).Row!.Version);
        Assert.Equal(6, (await other.Actors.SendAsync(Call.System(company) with { DryRun = true }, number, new RenameWidget("second"), Ct)).Row!.Version);
    }

    [Fact]
    public async Task A_host_that_hangs_in_the_middle_of_a_commit_holds_up_the_others_for_seconds_only_and_writes_nothing_when_it_wakes()
    {
        await using var host = new TestHost(Database.Open());
        var company = _databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        await using var other = Database.Open();
        using var hanging = other.Begin();
        hanging.Lock([company.Id], [], [], []);
        Assert.Equal(2, (await host.SendAsync(company, number, new CountUp(), Ct)).Row!.Version);
        Assert.Throws<StorageException>(() => hanging.Commit([], [], [], []));
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Ct);
    }
}
