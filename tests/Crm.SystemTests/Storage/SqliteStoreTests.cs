using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

public sealed class SqliteStoreTests(SqliteDatabases databases) : StoreContract(databases), IClassFixture<SqliteDatabases>
{
    private readonly SqliteDatabases _databases = databases;

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_a_database_that_does_not_answer()
    {
        var folder = Directory.CreateTempSubdirectory("crm-sqlite-");
        var file = Path.Combine(folder.FullName, "crm.db");
        await using (var store = new SqliteStore(file))
        {
            File.Move(file, $"{file}.away");
            Directory.CreateDirectory(file);
            await Assert.ThrowsAsync<StorageException>(async () => await store.QueryAsync(new(1, "one"), "select @company", [], row => row.GetInt64(0), TestContext.Current.CancellationToken));
            Directory.Delete(file);
            File.Move($"{file}.away", file);
            Assert.Equal([1L], await store.QueryAsync(new(1, "one"), "select @company", [], row => row.GetInt64(0), TestContext.Current.CancellationToken));
        }
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("kind = 'widget' and number = 7 and seq < 1000 order by seq desc", "journal_entity (company=? AND kind=? AND number=? AND seq<?)")]
    [InlineData("operation = 7 and seq < 1000 order by seq desc", "journal_operation (company=? AND operation=? AND seq<?)")]
    [InlineData("seq > 1000 order by seq", "PRIMARY KEY (company=? AND seq>?)")]
    public async Task The_journal_is_read_by_the_index_that_fits(string condition, string index)
    {
        var plan = await _databases.Shared.SelectAsync($"explain query plan select fact from journal where company = 1 and {condition} limit 50", row => row.GetString(3), TestContext.Current.CancellationToken);
        Assert.EndsWith(index, Assert.Single(plan), StringComparison.Ordinal);
    }
}
