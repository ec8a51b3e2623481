using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Crm.SystemTests;
using Crm.SystemTests.Outages;
using Crm.SystemTests.Storage;

namespace Crm.Host.Grains;

/// <summary>Two silos over one PostgreSQL, as processes of their own: whatever happens to one of them, no answered write is lost or doubled, and none overwrites a newer one.</summary>
[Collection<Alone>]
public sealed class ClusterTests(PostgresDatabases databases) : IClassFixture<PostgresDatabases>, IAsyncLifetime
{
    private const string Company = "nordlys";
    private const int Clients = 8;

    /// <summary>What the runtime promises for a silo that was killed, and for one that hangs.</summary>
    private static readonly TimeSpan Killed = TimeSpan.FromSeconds(10), Frozen = TimeSpan.FromSeconds(30);

    private readonly List<Server> _silos = [];
    private TestDatabase _database = null!;
    private string? _key;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await databases.NewAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos) await silo.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_is_killed_another_frozen_and_a_third_stopped_under_load_and_every_answered_write_is_there_once()
    {
        var ledger = new WriteLedger(_database);
        var (one, other) = (await StartAsync(), await StartAsync());
        using var client = one.Client(Company, _key!);

        // All is asked of the one, and the other has a part of it: commands do cross.
        await ledger.LoadAsync(client, Clients, readers: 0, After(TimeSpan.FromSeconds(2)));
        Assert.InRange(await ActiveAsync(other), 1, int.MaxValue);

        // Killed: what it held is answered by the one that is left.
        using (var others = other.Client(Company, _key!))
        {
            await ledger.LoadAsync(others, Clients, readers: 0, After(TimeSpan.FromSeconds(2)));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var load = Task.WhenAll(ledger.LoadAsync(client, Clients, readers: 0, end.Token), ledger.LoadAsync(others, Clients, readers: 0, end.Token));
            await Task.Delay(TimeSpan.FromSeconds(2), Ct);
            await other.KillAsync();
            Say("killed", await AllAnswerAsync(ledger, client, Killed));
            await end.CancelAsync();
            await load;
        }
        await HoldsAsync(ledger, client);

        // Frozen, and awake again when the others have long gone on without it.
        var third = await StartAsync();
        using (var thirds = third.Client(Company, _key!))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var load = Task.WhenAll(ledger.LoadAsync(client, Clients, readers: 0, end.Token), ledger.LoadAsync(thirds, Clients, readers: 0, end.Token));
            await Task.Delay(TimeSpan.FromSeconds(2), Ct);
            await third.SignalAsync("STOP", Ct);
            Say("frozen", await AllAnswerAsync(ledger, client, Frozen));
            await third.SignalAsync("CONT", Ct);
            await end.CancelAsync();
            await load;
            // It finds that it was given up, and ends; whoever runs it starts it again.
            await third.EndedAsync(Ct);
        }
        await HoldsAsync(ledger, client);

        // Stopped in good order: nobody who asks the other one notices.
        var fourth = await StartAsync();
        using (var fourths = fourth.Client(Company, _key!))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            await ledger.LoadAsync(fourths, Clients, readers: 0, After(TimeSpan.FromSeconds(2)));
            ledger.Endings.Clear();
            var load = ledger.LoadAsync(client, Clients, readers: 0, end.Token);
            Assert.Equal(0, await fourth.StopAsync(Ct));
            await end.CancelAsync();
            await load;
            Assert.DoesNotContain(ledger.Endings, e => e.Status is not (200 or 201));
        }
        await HoldsAsync(ledger, client);
        Assert.True(ledger.Verified > 500, $"Only {ledger.Verified} writes were answered.");
    }

    /// <summary>Every partner is written once, by way of the silo that is left; answers how long the slowest took.</summary>
    private async Task<TimeSpan> AllAnswerAsync(WriteLedger ledger, HttpClient client, TimeSpan most)
    {
        var partners = await _database.SelectAsync("""select number from partners where company = (select min(company) from partners) and doc not like '%"parent":%' order by number desc limit 60""", row => row.GetInt64(0), Ct);
        var begun = Stopwatch.StartNew();
        var endings = await Task.WhenAll(partners.Select(number => ledger.SendAsync(client, ledger.New(number))));
        Assert.DoesNotContain(endings, e => e.Status != 200);
        Assert.InRange(begun.Elapsed, TimeSpan.Zero, most);
        return begun.Elapsed;
    }

    /// <summary>What had no answer is repeated; then everything is there once, in order, and the journal leads to every row.</summary>
    private async Task HoldsAsync(WriteLedger ledger, HttpClient client)
    {
        await ledger.RepeatUnansweredAsync(client, Ct);
        await ledger.VerifyAsync(final: true, Ct);
        Assert.Empty(await JournalCheck.FaultsAsync(_database, WriteLedger.Entities, Ct));
        Assert.DoesNotContain(ledger.Endings, e => e.Status is not (0 or 200 or 201 or 503));
        ledger.Endings.Clear();
    }

    /// <summary>How many entities a silo has in memory.</summary>
    private async Task<int> ActiveAsync(Server silo)
    {
        using var client = silo.Client(Company, _key!);
        var line = (await client.GetStringAsync(new Uri(silo.Url, "/metrics"), Ct)).Split('\n').Single(l => l.StartsWith("crm_actors_active", StringComparison.Ordinal));
        return int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private async Task<Server> StartAsync()
    {
        var settings = new Dictionary<string, string>(_database.ServerSettings) { ["Cluster:Port"] = PostgresCluster.FreePort().ToString(CultureInfo.InvariantCulture) };
        var silo = await Server.StartAsync(settings, demo: _key is null, Ct, "Crm.Host.Orleans");
        _silos.Add(silo);
        _key ??= silo.DemoKeys[Company];
        return silo;
    }

    private static CancellationToken After(TimeSpan time) => new CancellationTokenSource(time).Token;

    private static void Say(string what, TimeSpan took) => TestContext.Current.TestOutputHelper?.WriteLine($"{what}: all answered after {took.TotalSeconds:0.0} s");
}

/// <summary>Tests that measure time, and have the machine for themselves.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
