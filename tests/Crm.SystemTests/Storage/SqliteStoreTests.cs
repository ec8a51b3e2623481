namespace Crm.SystemTests.Storage;

public sealed class SqliteStoreTests(SqliteDatabases databases) : StoreContract(databases), IClassFixture<SqliteDatabases>;
