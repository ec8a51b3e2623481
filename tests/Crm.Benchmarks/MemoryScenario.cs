using System.Globalization;
using Crm.Host.Actors;
using Crm.Host.Storage;
using Crm.Partners;

namespace Crm.Benchmarks;

/// <summary>What a partner costs in memory while it is active, and after it was let go.</summary>
internal static class MemoryScenario
{
    private const int Active = 20_000;

    public static async Task RunAsync(Databases databases)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nmemory: {Active} partners"));
        await using var services = OurServer.InProcess(databases.Folder("memory"), null, new("Actors:IdleSeconds", "3"), new("Actors:MaxActive", "100000"));
        var (actors, directory) = (services.GetRequiredService<IActors>(), services.GetRequiredService<Crm.Host.Actors.Directory>());
        var company = new CompanyRef(1, SeedData.Slug);
        var call = new Call(company, new Caller("key:1", Role.Admin));
        var first = PartnerSeed.Write(services.GetRequiredService<IStore>(), company, Active + 1_000, await actors.SettingsAsync(company, CancellationToken.None));

        // A first wave fills caches and pools, which are not the partners'.
        await TouchAsync(actors, call, first + Active, 1_000, "potential");
        await EmptyAsync(directory);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await TouchAsync(actors, call, first, Active, "prospect");
        var count = directory.Count;
        var active = GC.GetTotalMemory(forceFullCollection: true) - before;
        await EmptyAsync(directory);
        var idle = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  active partners in memory {count}: {active / (double)Active:N0} bytes each; after they were let go ({directory.Count} left): {idle / (double)Active:N1} bytes each"));
    }

    private static Task TouchAsync(IActors actors, Call call, long first, int count, string stage) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, ct) =>
        {
            // Two commands: the first may find the stage that the partner has already.
            foreach (var next in new[] { "lost", stage })
            {
                var reply = await actors.SendAsync(call, first + i, new ChangePartner(new PartnerFields { Stage = next }), ct);
                if (reply.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
            }
        });

    private static async Task EmptyAsync(Crm.Host.Actors.Directory directory)
    {
        for (var i = 0; i < 300 && directory.Count > 0; i++) await Task.Delay(100);
    }
}
