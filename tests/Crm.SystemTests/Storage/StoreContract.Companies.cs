using System.Globalization;

namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    /// <summary>Puts a row with made-up values into a table, for a company, past the program.</summary>
    private async Task PutAsync(string table, int company)
    {
        await using var connection = await databases.Shared.ConnectAsync(Ct);
        await using var shape = connection.CreateCommand();
        shape.CommandText = $"select * from {table} where 1 = 0";
        List<string> names = [], values = [];
        await using (var reader = await shape.ExecuteReaderAsync(Ct))
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var type = reader.GetDataTypeName(i).ToUpperInvariant();
                names.Add(reader.GetName(i));
                values.Add(reader.GetName(i) == "company" ? company.ToString(CultureInfo.InvariantCulture) : type is "BIGINT" or "NUMERIC" ? "1" : type == "BYTEA" ? "cast('x' as bytea)" : "'{}'");
            }
        }
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"insert into {table} ({string.Join(", ", names)}) values ({string.Join(", ", values)})";
        await insert.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>The tables that hold companies' rows, found in the database's own schema.</summary>
    private async Task<List<string>> CompanyTablesAsync()
    {
        List<string> found = [];
        foreach (var table in await databases.Shared.TablesAsync(Ct))
        {
            await using var connection = await databases.Shared.ConnectAsync(Ct);
            await using var shape = connection.CreateCommand();
            shape.CommandText = $"select * from {table} where 1 = 0";
            await using var reader = await shape.ExecuteReaderAsync(Ct);
            if (Enumerable.Range(0, reader.FieldCount).Any(i => reader.GetName(i) == "company")) found.Add(table);
        }
        return found;
    }

    [Fact]
    public async Task No_table_shows_one_company_the_rows_of_another()
    {
        var (one, other, none) = (databases.NewCompany(), databases.NewCompany(), databases.NewCompany());
        await using var store = databases.Shared.Open();
        var tables = await CompanyTablesAsync();
        Assert.Subset(tables.ToHashSet(), new HashSet<string> { "journal", "heads", "sequences", "idempotency", "files", "partners", "companies", "users", "widgets", "widget_terms", "widget_settings" });
        foreach (var table in tables)
        {
            await PutAsync(table, one.Id);
            await PutAsync(table, other.Id);
            foreach (var asked in (CompanyRef[])[one, other, none])
            {
                var seen = await store.QueryAsync(asked, $"select company from {table} where company = @company", [], row => (int)row.GetInt64(0), Ct);
                Assert.Equal(asked == none ? [] : [asked.Id], seen);
            }
            await CheckWithoutConditionAsync(store, table, one, other);
            Assert.Equal(1, await store.ExecuteAsync(one, $"delete from {table} where company = @company", [], Ct));
            Assert.Single(await store.QueryAsync(other, $"select company from {table} where company = @company", [], row => row.GetInt64(0), Ct));
            await store.ExecuteAsync(other, $"delete from {table} where company = @company", [], Ct);
        }
    }

    /// <summary>What a statement that forgot its company must not see either, where the database has a second line.</summary>
    private protected virtual Task CheckWithoutConditionAsync(IDatabase database, string table, CompanyRef one, CompanyRef other) => Task.CompletedTask;

    [Fact]
    public async Task A_statement_that_does_not_name_the_company_is_not_run()
    {
        await using var store = databases.Shared.Open();
        var company = databases.NewCompany();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.QueryAsync(company, "select number from widgets", [], row => row.GetInt64(0), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.ExecuteAsync(company, "delete from widgets", [], Ct));
    }

    [Fact]
    public async Task Data_that_a_read_cannot_take_does_not_spoil_the_next_read()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        await host.MakeAsync(company, new("w"), Ct);
        for (var i = 0; i < 10; i++)
        {
            try
            {
                Assert.Empty(await host.Database.QueryAsync(company, "select number from widgets where company = @company and name = @name", [new("name", "nul \0")], row => row.GetInt64(0), Ct));
            }
            catch (Crm.Host.Storage.StatementException)
            {
                // PostgreSQL does not take it: that is the caller's fault, not an outage.
            }
            Assert.Single(await host.Database.QueryAsync(company, "select number from widgets where company = @company and name = @name", [new("name", "w")], row => row.GetInt64(0), Ct));
        }
    }
}
