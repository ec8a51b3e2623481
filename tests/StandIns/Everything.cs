namespace Crm.StandIns;

/// <summary>Every stand-in at once, for the demo: each on the port that <c>demo.json</c> names. Ends when its standard input does, so that it never outlives the program that started it.</summary>
public static class Everything
{
    /// <summary>In the order of their ports.</summary>
    public static IReadOnlyList<(int Port, Action<WebApplication> Map)> Known { get; } =
    [
        (5610, Bizweb.Map),
        (5611, Ytj.Map),
        (5612, Cvr.Map),
        (5613, Bisnode.Map),
        (5614, Fortnox.Map),
        (5615, Visma.Map),
        (5616, Economic.Map),
        (5617, Ecb.Map),
    ];

    /// <summary>Prints one line when all of them listen, or which port is taken.</summary>
    private static async Task<int> Main()
    {
        List<StandIn> started = [];
        foreach (var (port, map) in Known)
        {
            try { started.Add(await StandIn.StartAsync(map, port)); }
            catch (IOException)
            {
                Console.WriteLine($"Port {port} is taken.");
                return 1;
            }
        }
        Console.WriteLine("Stand-ins are listening.");
        await Task.WhenAny([Console.OpenStandardInput().CopyToAsync(Stream.Null), .. started.Select(s => s.EndedAsync())]);
        return 0;
    }
}
