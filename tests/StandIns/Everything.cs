namespace Crm.StandIns;

/// <summary>Every stand-in at once, for the demo: each on the port that the demo's settings name.</summary>
internal static class Everything
{
    private static readonly (int Port, Action<WebApplication> Map)[] Known =
    [
        (5610, Bizweb.Map),
        (5611, Ytj.Map),
        (5612, Cvr.Map),
        (5613, Bisnode.Map),
    ];

    private static async Task Main()
    {
        foreach (var (port, map) in Known) _ = await StandIn.StartAsync(map, port);
        Console.WriteLine("Stand-ins are listening.");
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }
}
