using System.Globalization;
using Crm.SystemTests.Storage;
using Xunit.Sdk;

namespace Crm.SystemTests.Outages;

/// <summary>The program is killed again and again under load; what it answered stays, and what it did not answer can be repeated.</summary>
public abstract class CrashContract(TestDatabases databases)
{
    private const int Clients = 24;

    /// <summary>How often on each database; CRM_CRASH_ROUNDS says otherwise.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("CRM_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 100;

    [Fact]
    public async Task Killed_under_load_it_keeps_every_answered_write_once_and_repeats_take_effect_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await databases.NewAsync(ct);
        var ledger = new WriteLedger(database);
        var random = new Random(7);
        string? key = null;
        for (var round = 0; round <= Rounds; round++)
        {
            await using var server = await Server.StartAsync(database.ServerSettings, demo: key is null, ct);
            key ??= server.DemoKeys["nordlys"];
            using var client = server.Client("nordlys", key);
            try
            {
                await ledger.VerifyAsync(final: false, ct);
                await ledger.RepeatUnansweredAsync(client, ct);
                await ledger.VerifyAsync(final: true, ct);
                if (round % 25 == 0) Assert.Empty(await JournalCheck.FaultsAsync(database, WriteLedger.Entities, ct));
                if (round == Rounds) break;

                using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
                var load = ledger.LoadAsync(client, Clients, readers: 0, end.Token);
                await Task.Delay(random.Next(200, 600), ct);
                await server.KillAsync();
                await load;
            }
            catch (XunitException broken)
            {
                throw new XunitException($"Round {round}: {broken.Message}\n{server.Output}", broken);
            }
            Assert.DoesNotContain(ledger.Endings, e => e.Status is not (0 or 200 or 201));
            ledger.Endings.Clear();
        }
        Assert.True(ledger.Verified > Rounds * Clients, $"Only {ledger.Verified} writes were answered in {Rounds} rounds.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Rounds} kills, {ledger.Verified} writes verified");
    }
}

[TakesLong]
public sealed class SqliteCrashTests(SqliteDatabases databases) : CrashContract(databases), IClassFixture<SqliteDatabases>;

[TakesLong]
public sealed class PostgresCrashTests(PostgresDatabases databases) : CrashContract(databases), IClassFixture<PostgresDatabases>;
