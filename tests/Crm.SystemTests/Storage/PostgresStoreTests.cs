namespace Crm.SystemTests.Storage;

public sealed class PostgresStoreTests(PostgresDatabases databases) : StoreContract(databases), IClassFixture<PostgresDatabases>;
