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

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Ct);
    }
}
