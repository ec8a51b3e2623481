using System.Text.Json;

namespace Crm.PageTests.Orders;

/// <summary>What tests of orders begin with.</summary>
internal static class OrderSteps
{
    /// <summary>A customer with a limit of 1,000 SEK, in a company whose limit counts what is ordered and the order that is being made.</summary>
    public static async Task<long> LimitedCustomerAsync(this Desk desk, object? more = null)
    {
        await desk.PatchAsync("company", new { credit = new { counts = "balanceUninvoicedAndOrder" } });
        var members = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        members["creditLimit"] = JsonSerializer.SerializeToNode(new { amount = 1_000, currency = "SEK" });
        return await desk.PartnerAsync("Nordvik Bygg AB", members);
    }

    /// <summary>An order of one line and its number.</summary>
    public static async Task<long> OrderAsync(this Desk desk, long partner, decimal price = 400, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new { partner, lines = new[] { new { text = "Pallställ", quantity = 1, unitPrice = new { amount = price, currency = "SEK" } } } })!.AsObject();
        if (more is not null) foreach (var (member, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) body[member] = value?.DeepClone();
        return (await desk.PostAsync("orders", body)).GetProperty("number").GetInt64();
    }
}
