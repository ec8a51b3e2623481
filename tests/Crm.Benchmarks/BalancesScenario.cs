using System.Diagnostics;
using System.Globalization;
using Crm.Accounting;
using Crm.Benchmarks.Load;
using Crm.Contracts;
using Crm.Partners;
using Crm.Plugins;

namespace Crm.Benchmarks;

/// <summary>Every customer of an accounting system owes another amount than before: how long until all partners say so, and what commands of others notice of it.</summary>
internal static class BalancesScenario
{
    private const int Clients = 8;

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nbalances, {store}: {options.Customers} customers that are partners; {Clients} clients change {options.Partners} others, {options.Rounds} rounds"));
        var ledger = new MemoryLedger(options.Customers);
        await using var services = OurServer.InProcessWith(databases.Folder($"balances-{store}"), store == "sqlite" ? null : await databases.PostgresAsync("balances"), [new AccountingModule()], s => s.AddSingleton<IPlugins>(ledger));
        var (actors, company) = (services.GetRequiredService<IActors>(), new CompanyRef(1, SeedData.Slug));
        var (rows, settings) = (services.GetRequiredService<Crm.Host.Storage.IStore>(), await actors.SettingsAsync(company, CancellationToken.None));
        var first = PartnerSeed.Write(rows, company, options.Customers + options.Partners, settings);
        BulkSeed.Write(rows, company, LedgerCustomer.Entity, "accountingCustomer.added", options.Customers, number => Customer(number, first), settings);
        var connection = (await actors.CreateAsync(Call.System(company), new OpenConnection(MemoryLedger.Id), CancellationToken.None)).Row!.Number;

        async Task<double> ReadAllAsync()
        {
            ledger.Round++;
            await actors.SendAsync(Call.System(company), connection, new RunNow(true), CancellationToken.None);
            var started = Stopwatch.GetTimestamp();
            await services.GetRequiredService<SyncWorker>().RunAsync(company, connection, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var run = (await actors.ReadAsync<Connection>(company, connection, CancellationToken.None))!.State.Runs[0];
            return run.Balances == options.Customers && run.Changed == options.Customers ? took : throw new InvalidOperationException($"{run}");
        }

        var others = new Others(actors, new Call(company, new Caller("key:1", Role.Admin)), first + options.Customers, options.Partners);
        await others.ChangeAsync(Task.Delay(TimeSpan.FromSeconds(options.Seconds)));
        var firstTime = await ReadAllAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  told for the first time: {firstTime:N1} s"));
        List<double> alone = [], beside = [];
        List<(double Rate, double P50, double P99)> quiet = [], busy = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            alone.Add(await ReadAllAsync());
            quiet.Add(await others.ChangeAsync(Task.Delay(TimeSpan.FromSeconds(alone[^1]))));
            var reading = ReadAllAsync();
            busy.Add(await others.ChangeAsync(reading));
            beside.Add(await reading);
        }
        var (without, with) = (Median(quiet, q => q.P99), Median(busy, b => b.P99));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  all amounts changed: {Median(alone, a => a):N1} s alone ({string.Join(", ", alone.Select(a => a.ToString("N1", CultureInfo.InvariantCulture)))}), {Median(beside, b => b):N1} s beside the others"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  others without: {Median(quiet, q => q.Rate):N0}/s, p50 {Median(quiet, q => q.P50):N1} ms, p99 {without:N1} ms; with: {Median(busy, b => b.Rate):N0}/s, p50 {Median(busy, b => b.P50):N1} ms, p99 {with:N1} ms = {with / without:N2} times"));
    }

    private static LedgerCustomer Customer(int number, long firstPartner)
    {
        var (id, firm) = (number.ToString(CultureInfo.InvariantCulture), SeedData.Partner(number));
        return new()
        {
            Plugin = MemoryLedger.Id, Partner = firstPartner + number - 1,
            There = new AccountingCustomer { Id = id, Number = id, Name = firm.Name, OrganisationNumber = firm.OrganisationNumber, Email = firm.Email, Phone = "+46 8 123 456 00", Website = firm.Domain, Currency = "SEK" },
        };
    }

    private static double Median<T>(List<T> all, Func<T, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    /// <summary>Clients of the actor runtime in this process, each of which sends its next change 5 ms after the last was answered: more would measure their own queue.</summary>
    private sealed class Others(IActors actors, Call call, long first, int count)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
        private int _next;

        public async Task<(double Rate, double P50, double P99)> ChangeAsync(Task until)
        {
            var started = Stopwatch.GetTimestamp();
            var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
            {
                List<long> mine = [];
                while (!until.IsCompleted)
                {
                    var turn = Interlocked.Increment(ref _next);
                    var sent = Stopwatch.GetTimestamp();
                    var reply = await actors.SendAsync(call, first + (turn % count), new ChangePartner(new PartnerFields { Stage = turn / count % 2 == 0 ? "lost" : "potential" }), CancellationToken.None);
                    if (reply.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
                    mine.Add((long)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
                    await Task.Delay(Pause);
                }
                return mine;
            })));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var times = new Latencies();
            foreach (var time in all.SelectMany(a => a)) times.Add(time);
            return (times.Count / seconds, times.Percentile(0.50), times.Percentile(0.99));
        }
    }
}
