using System.Globalization;
using System.Net;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>New orders of three lines for random partners, whose sums, latest delivery and stage change with them, against the conventional side.</summary>
internal static class OrdersScenario
{
    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\norders, {store}: {options.Rounds} rounds of {options.Seconds} s a side, {options.Partners} partners"));
        List<CommandsSide> sides = [];
        try
        {
            var server = await SalesSides.ConventionalAsync(databases, "orders", store, options.Partners, 0);
            sides.Add(new("conventional", server, For(server.At, SalesSides.ConventionalKey, 1, options.Partners)));
            var (ours, _, key, first) = await SalesSides.OursAsync(databases, "orders", store, options.Partners);
            sides.Add(new("ours", ours.Process, For(ours.Process.At, key, first, options.Partners), ours));
            CommandsTable.Measure(sides, options);
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
        }
    }

    private static NextRequest For(IPEndPoint server, string key, long first, int partners)
    {
        byte[][] requests = [.. Enumerable.Range(0, partners).Select(i => Requests.Of("POST", server, $"/api/v1/{SeedData.Slug}/orders", key, Body(first + i, i)))];
        var random = new Random(1);
        return _ => requests[random.Next(partners)];
    }

    private static string Body(long partner, int i)
    {
        var delivery = new DateOnly(2027, 1, 1).AddDays(i % 200).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var lines = new[] { Line("Pallställ", 4, 1_250 + (i % 100)), Line("Montering", 1.5m, 890), Line("Frakt", 1, 480.50m) };
        return string.Create(CultureInfo.InvariantCulture, $$"""{"partner":{{partner}},"deliveryDate":"{{delivery}}","reference":"ref {{i}}","lines":[{{string.Join(',', lines)}}]}""");
    }

    private static string Line(string text, decimal quantity, decimal price) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"text":"{{{text}}}","quantity":{{{quantity}}},"unitPrice":{"amount":{{{price}}},"currency":"SEK"}}""");
}
