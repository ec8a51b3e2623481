using System.Data.Common;
using Crm.Host.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Tests.Api;

/// <summary>The feed of changes over a database that fails, or in which something happens between two questions.</summary>
public sealed class ChangeFeedOutageTests(OneApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_outage_of_any_kind_it_goes_on_and_the_log_says_so_once()
    {
        var acme = await app.CompanyAsync();
        var database = new Between(app.Services.GetRequiredService<IDatabase>());
        var log = new Lines();
        await using var changes = new ChangeFeed(database, TimeProvider.System, log).ListenAsync(await app.RefAsync(acme), null, null, Ct).GetAsyncEnumerator(Ct);
        // Where the journal is, by the one who listens and by the one who watches.
        for (var i = 0; i < 2; i++) Assert.True(await changes.MoveNextAsync());
        var failed = new TaskCompletionSource();
        var failures = 0;
        database.Before = () => ++failures == 3 ? End(failed, () => database.Before = null) : throw new InvalidOperationException("The database is away.");
        await failed.Task.WaitAsync(Patience, Ct);
        var number = await acme.PartnerAsync("After it");
        await UntilAsync(changes, number);
        Assert.Equal(["Warning"], log.Levels);
    }

    [Fact]
    public async Task One_who_begins_to_listen_while_the_journal_is_read_is_told_at_once()
    {
        var acme = await app.CompanyAsync();
        var database = new Between(app.Services.GetRequiredService<IDatabase>());
        var feed = new ChangeFeed(database, TimeProvider.System, new Lines());
        await using var first = feed.ListenAsync(await app.RefAsync(acme), null, null, Ct).GetAsyncEnumerator(Ct);
        for (var i = 0; i < 2; i++) Assert.True(await first.MoveNextAsync());
        await using var second = feed.ListenAsync(await app.RefAsync(acme), null, null, Ct).GetAsyncEnumerator(Ct);
        var joined = new TaskCompletionSource<long>();
        database.Before = async () =>
        {
            database.Before = null;
            Assert.True(await second.MoveNextAsync());
            joined.SetResult(await acme.PartnerAsync("Meanwhile"));
        };
        await UntilAsync(second, await joined.Task.WaitAsync(Patience, Ct));
    }

    private static Task End(TaskCompletionSource source, Action first)
    {
        first();
        source.SetResult();
        return Task.CompletedTask;
    }

    private static async Task UntilAsync(IAsyncEnumerator<Changes> changes, long number)
    {
        do Assert.True(await changes.MoveNextAsync().AsTask().WaitAsync(Patience, Ct));
        while (changes.Current.Rows?.Any(r => r.Kind == "partner" && r.Number == number) != true);
    }

    /// <summary>The program's database, with something that is done before a question is asked.</summary>
    private sealed class Between(IDatabase database) : IDatabase
    {
        public Func<Task>? Before { get; set; }

        public async Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct)
        {
            if (Before is { } before) await before();
            return await database.QueryAsync(company, sql, arguments, map, ct);
        }

        public Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct) => database.ExecuteAsync(company, sql, arguments, ct);

        public Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct) => database.CompaniesWithAsync(table, condition, ct);
    }

    private sealed class Lines : ILogger<ChangeFeed>
    {
        public List<string> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Add($"{logLevel}");
    }
}
