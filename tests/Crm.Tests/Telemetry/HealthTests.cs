using System.Data.Common;
using System.Net;
using Crm.Host.Storage;
using Crm.Host.Telemetry;

namespace Crm.Tests.Telemetry;

/// <summary>What <c>/health</c> says to whoever sends requests here.</summary>
public sealed class HealthTests(CrmApp app) : IClassFixture<CrmApp>
{
    private static readonly SchemaScript[] Known = [new("core", 1, "001-core.sql", ""), new("core", 2, "002-more.sql", "")];

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task A_sound_program_says_so_without_credentials_and_without_a_limit(string path, string status)
    {
        var answer = await app.Anonymous().ReadAsync(path);
        Assert.Equal((HttpStatusCode.OK, status), (answer.Status, answer.Text("status")));
        Assert.Null(answer.Header("RateLimit-Limit"));
    }

    [Fact]
    public async Task A_schema_that_is_current_is_ready() => Assert.Null(await CheckAsync(new Database([("core", 1), ("core", 2)])));

    [Fact]
    public async Task A_schema_that_lacks_a_script_is_not() => Assert.Equal("health.schema", (await CheckAsync(new Database([("core", 1)])))?.Code);

    [Fact]
    public async Task Nor_is_one_that_a_newer_program_has_written() => Assert.Equal("health.schema", (await CheckAsync(new Database([("core", 1), ("core", 2), ("core", 3)])))?.Code);

    [Fact]
    public async Task A_database_that_is_away_is_a_503()
    {
        var refusal = await CheckAsync(new Database(null));
        Assert.Equal((RefusalKind.Unavailable, "health.database"), (refusal!.Kind, refusal.Code));
    }

    [Fact]
    public async Task A_database_that_hangs_is_given_up_after_two_seconds_and_asked_only_once()
    {
        var database = new Database([("core", 1), ("core", 2)]) { Gate = new() };
        var readiness = new Readiness(database, Known, TimeProvider.System);
        var answers = await Task.WhenAll(readiness.CheckAsync(TestContext.Current.CancellationToken), readiness.CheckAsync(TestContext.Current.CancellationToken));
        Assert.All(answers, refusal => Assert.Equal("health.database", refusal?.Code));
        Assert.Equal(1, database.Asked);
        database.Gate.SetResult();
        Assert.Null(await readiness.CheckAsync(TestContext.Current.CancellationToken));
    }

    private static Task<Refusal?> CheckAsync(Database database) => new Readiness(database, Known, TimeProvider.System).CheckAsync(TestContext.Current.CancellationToken);

    /// <param name="applied">What its schema table says; null = it does not answer.</param>
    private sealed class Database(IReadOnlyList<(string Module, int Number)>? applied) : IDatabase
    {
        public TaskCompletionSource Gate { get; init; } = Open();

        public int Asked { get; private set; }

        public async Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct)
        {
            Asked++;
            await Gate.Task;
            if (applied is null) throw new StorageException("Away.");
            using var table = new System.Data.DataTable { Columns = { { "module", typeof(string) }, { "number", typeof(long) } } };
            foreach (var (module, number) in applied) table.Rows.Add(module, (long)number);
            await using var reader = table.CreateDataReader();
            List<T> rows = [];
            while (await reader.ReadAsync(ct)) rows.Add(map(reader));
            return rows;
        }

        public Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct) => throw new NotSupportedException();

        private static TaskCompletionSource Open()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
