using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Outages;

/// <summary>The program is killed in the middle of bulk changes; whoever goes on leaves no row out and does none twice.</summary>
public abstract class BulkCrashContract(TestDatabases databases)
{
    private const int Rows = 4_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "N1")]
    public async Task Killed_in_the_middle_a_bulk_change_and_its_undo_go_on_and_every_row_is_done_exactly_once()
    {
        var database = await databases.NewAsync(Ct);
        string key;
        long operation;
        await using (var server = await Server.StartAsync(database.ServerSettings, demo: true, Ct))
        {
            key = server.DemoKeys["nordlys"];
            using var client = server.Client("nordlys", key);
            await ImportAsync(client);
            using var started = await client.PostAsJsonAsync("operations", new { action = "partner.setStage", set = new { stage = "lost" }, target = new { filter = "name=Killed" } }, Ct);
            operation = (await started.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("number").GetInt64();
            await KillInTheMiddleAsync(server, client, operation);
        }
        await using (var server = await Server.StartAsync(database.ServerSettings, demo: false, Ct))
        {
            using var client = server.Client("nordlys", key);
            await AssertDoneOnceAsync(database, await EndAsync(client, operation), "done", version: 2);
            using var turned = await client.PostAsync(new Uri($"operations/{operation}/undo", UriKind.Relative), null, Ct);
            await KillInTheMiddleAsync(server, client, operation);
        }
        await using (var server = await Server.StartAsync(database.ServerSettings, demo: false, Ct))
        {
            using var client = server.Client("nordlys", key);
            await AssertDoneOnceAsync(database, await EndAsync(client, operation), "undone", version: 3);
            Assert.Empty(await JournalCheck.FaultsAsync(database, WriteLedger.Entities, Ct));
        }
    }

    private static async Task ImportAsync(HttpClient client)
    {
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("Name;Country;Stage\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"Killed {i};SE;potential\n"))));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await client.PostAsync(new Uri("imports", UriKind.Relative), file, Ct);
        Assert.Equal(Rows, (await EndAsync(client, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("number").GetInt64())).GetProperty("changed").GetInt32());
    }

    private static async Task KillInTheMiddleAsync(Server server, HttpClient client, long operation)
    {
        while (await client.GetFromJsonAsync<JsonElement>($"operations/{operation}", Ct) is var view && view.GetProperty("progress").GetProperty("done").GetInt64() is 0 or Rows)
            Assert.True(view.GetProperty("state").GetString() is "queued" or "running", view.GetRawText());
        await server.KillAsync();
    }

    private static async Task<JsonElement> EndAsync(HttpClient client, long operation)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(100, Ct))
        {
            var view = await client.GetFromJsonAsync<JsonElement>($"operations/{operation}", Ct);
            if (view.GetProperty("state").GetString() is not ("queued" or "running")) return view;
        }
        throw new TimeoutException($"Operation {operation} does not end.");
    }

    /// <summary>Each row has the version that one change makes, and its change is in the journal once.</summary>
    private static async Task AssertDoneOnceAsync(TestDatabase database, JsonElement view, string state, long version)
    {
        Assert.Equal((state, Rows, 0, Rows), (view.GetProperty("state").GetString(), view.GetProperty("changed").GetInt32(), view.GetProperty("skippedCount").GetInt32(), view.GetProperty("progress").GetProperty("done").GetInt32()));
        var entries = await database.SelectAsync($"select number from journal where kind = 'partner' and version = {version} and operation = {view.GetProperty("number").GetInt64()}", row => row.GetInt64(0), Ct);
        Assert.Equal((Rows, Rows), (entries.Count, entries.Distinct().Count()));
        var rows = await database.SelectAsync("select p.version, p.stage from partners p where p.doc like '%\"Killed %'", row => (row.GetInt64(0), row.GetString(1)), Ct);
        Assert.Equal(Rows, rows.Count);
        Assert.All(rows, row => Assert.Equal((version, state == "done" ? "lost" : "potential"), row));
    }
}

public sealed class SqliteBulkCrashTests(SqliteDatabases databases) : BulkCrashContract(databases), IClassFixture<SqliteDatabases>;

public sealed class PostgresBulkCrashTests(PostgresDatabases databases) : BulkCrashContract(databases), IClassFixture<PostgresDatabases>;
