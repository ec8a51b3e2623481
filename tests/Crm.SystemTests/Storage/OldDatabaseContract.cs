using System.Text.Json;
using Crm.SystemTests.Outages;

namespace Crm.SystemTests.Storage;

/// <summary>A database that an older version of the program made is brought up to date with its rows: lists and sums answer as if this one had written them.</summary>
public abstract class OldDatabaseContract(TestDatabases databases)
{
    private static readonly string[] Asked =
    [
        "cases/summary", "cases/summary?status=new,negotiation", "partners/overview/kpis", "partners?overLimit=true&limit=100", "partners?openCases=true&limit=100", "partners?sort=-balance&limit=100", "cases?status=new&limit=100", "views",
    ];

    /// <summary>Takes back what scripts have done since the first version that anyone had, and puts the sums as its forerunners kept them.</summary>
    private static readonly string[] Older =
    [
        "drop table views",
        "drop index cases_won",
        "delete from totals where kind = 'case' and name <> 'status'",
        "insert into totals (company, kind, name, key, count, amount, weighted) select company, 'case', 'followUp', coalesce(follow_up, 'none'), count(*), 0, 0 from cases where deleted = 0 and closed = 0 and kind = 'open' group by company, follow_up",
        "insert into totals (company, kind, name, key, count, amount, weighted) select company, 'case', 'expectedClose', coalesce(expected_close, 'none'), count(*), 0, 0 from cases where deleted = 0 and closed = 0 and kind = 'open' group by company, expected_close",
        "drop index partners_exposure",
        "drop index partners_mixed",
        "alter table partners drop column ordered",
        "alter table partners drop column mixed",
        "drop table balance_ages",
        "alter table partners drop column balance_source",
        "alter table partners drop column balance_at",
        "drop index partners_invoiced",
        "alter table partners drop column invoiced",
        "delete from schema_scripts where module = 'views' or (module = 'cases' and number > 1) or (module = 'partners' and number > 2)",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_of_an_older_version_opens_and_answers_as_it_should()
    {
        var database = await databases.NewAsync(Ct);
        string key;
        string[] expected;
        await using (var server = await Server.StartAsync(database.ServerSettings, demo: true, Ct))
        {
            key = server.DemoKeys["nordlys"];
            using var client = server.Client("nordlys", key);
            await OrderAsync(client);
            expected = await AnswersAsync(client);
            Assert.Equal(0, await server.StopAsync(Ct));
        }
        Assert.Contains("\"count\":134", expected[0], StringComparison.Ordinal);
        foreach (var sql in Older) await database.ExecuteAsync(sql, Ct);

        await using (var server = await Server.StartAsync(database.ServerSettings, demo: false, Ct))
        {
            using var client = server.Client("nordlys", key);
            Assert.Equal(expected, await AnswersAsync(client));
            Assert.Equal(0, await server.StopAsync(Ct));
        }
        Assert.Empty(await JournalCheck.FaultsAsync(database, WriteLedger.Entities, Ct));
    }

    /// <summary>Partners with orders that are not invoiced, in the limit's currency and in another.</summary>
    private static async Task OrderAsync(HttpClient client)
    {
        await SendAsync(HttpMethod.Patch, "company", """{"credit":{"counts":"balanceAndUninvoiced"},"rates":{"EUR":11.25}}""");
        foreach (var (partner, currency) in new[] { (1001, "NOK"), (1002, "EUR"), (1003, "NOK") })
        {
            await SendAsync(HttpMethod.Patch, $"partners/{partner}", """{"creditLimit":{"amount":1000.5,"currency":"NOK"}}""");
            await SendAsync(HttpMethod.Post, "orders", $$"""{"partner":{{partner}},"currency":"{{currency}}","lines":[{"text":"a","unitPrice":{"amount":1000.51,"currency":"{{currency}}"},"discountPercent":0}]}""");
        }

        async Task SendAsync(HttpMethod method, string path, string body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, null, "application/json") };
            using var answer = await client.SendAsync(request, Ct);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        }
    }

    private static async Task<string[]> AnswersAsync(HttpClient client)
    {
        List<string> answers = [];
        foreach (var path in Asked)
        {
            using var answer = await client.GetAsync(path, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
            answers.Add(JsonSerializer.Serialize(JsonDocument.Parse(text).RootElement));
        }
        return [.. answers];
    }
}

public sealed class SqliteOldDatabaseTests(SqliteDatabases databases) : OldDatabaseContract(databases), IClassFixture<SqliteDatabases>;

public sealed class PostgresOldDatabaseTests(PostgresDatabases databases) : OldDatabaseContract(databases), IClassFixture<PostgresDatabases>;
