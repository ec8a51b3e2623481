using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Orders;

/// <summary><c>/orders</c>, a partner's orders, and the conversion of cases.</summary>
internal static class OrderEndpoints
{
    private const string Why = "Why it is taken over the credit limit; kept with what was known then.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/orders").WithTags("orders");
        group.MapGet("/", ListAsync).Needs("orders:read").Listed(OrderTables.All).Documented("listOrders", "List orders", "With filters by field name, free text in references and lines (q), sort and cursor paging. Open orders of partners over their limit carry a warning.");
        group.MapPost("/", PlaceAsync).Needs("orders:write").Creates<OrderView>().Documented("placeOrder", "Place an order", "A partner is required. Owner, credit days and the lines' discount come from the partner unless they are given. A credit warning does not block: 201 with warnings.");
        group.MapGet("/{number:long}", GetAsync).Needs("orders:read").Documented("getOrder", "Read an order", "The whole order with its ETag and its credit warning as of now.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("orders:write").Documented("changeOrder", "Change an order", "Merge patch; lines are sent whole, those without an id are new. The partner's sums follow in the same commit.");
        group.MapPost("/{number:long}/cancel", CancelAsync).Needs("orders:write").Documented("cancelOrder", "Cancel an order", "It no longer counts for its partner. What is partly invoiced cannot be cancelled.");
        group.MapPost("/{number:long}/reopen", ReopenAsync).Needs("orders:write").Documented("reopenOrder", "Reopen a cancelled order", "As a draft; the credit limit is judged anew.");
        group.MapPost("/{number:long}/lock", LockAsync).Needs("orders:write").Documented("lockOrder", "Lock an order", "Nothing on it changes until it is unlocked.");
        group.MapPost("/{number:long}/unlock", UnlockAsync).Needs("orders:write").Documented("unlockOrder", "Unlock an order", "It can be changed again.");
        group.MapGet("/{number:long}/timeline", TimelineAsync).Needs("orders:read").Documented("getOrderTimeline", "Read an order's timeline", "What happened to the order, newest first, with before and after. limit is 1 to 200; give next as before for older entries.");
        api.MapGet("/partners/{number:long}/orders", OfPartnerAsync).WithTags("orders").Needs("orders:read").Listed(OrderTables.All).Documented("listPartnerOrders", "List a partner's orders", "With the filters of the list.");
        api.MapPost("/cases/{number:long}/convert", ConvertAsync).WithTags("orders").Needs("orders:write").Creates<OrderView>().Documented("convertCase", "Convert a won case to an order", "Order, lock of the case and the partner's sums are one commit. The second time it answers the same order with 200.");
        var settings = api.MapGroup("/order-settings").WithTags("orders");
        settings.MapGet("/", SettingsAsync).Needs("settings:read").Documented("getOrderSettings", "How orders are made", "What a converted case becomes, which of its fields fill the order, and what a new order does to the stage.");
        settings.MapPatch("/", ChangeSettingsAsync).Needs("settings:write").Documented("changeOrderSettings", "Change how orders are made", "A merge patch.");
    }

    private static async Task<Answer<Page<OrderView>>> ListAsync(Call call, HttpRequest request, ILists lists, IPartnerSales partners, IActors actors, CancellationToken ct) =>
        await PageAsync(call, request.Query, lists, partners, actors, ct);

    private static async Task<Answer<OrderView>> PlaceAsync(Body<OrderFields> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.CreateAsync(call, new PlaceOrder(body.Value), ct)).ToAnswer<OrderView, Order>(call, "orders");

    private static async Task<Answer<OrderView>> GetAsync(long number, Call call, IActors actors, IPartnerSales partners, CancellationToken ct) =>
        await actors.ReadAsync<Order>(call.Company, number, ct) is { } row
            ? Answers.WithVersion(await ShowAsync(row, call, actors, partners, ct), row.Version) : Refusal.NotFound("order");

    private static Task<Answer<OrderView>> ChangeAsync(long number, Body<OrderFields> body, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new ChangeOrder(body.Value), call, actors, ct);

    private static Task<Answer<OrderView>> CancelAsync(long number, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new CancelOrder(), call, actors, ct);

    private static Task<Answer<OrderView>> ReopenAsync(long number, [Description(Why), StringLength(1_000)] string? creditReason, Call call, IActors actors, CancellationToken ct) =>
        SendAsync(number, new ReopenOrder(creditReason), call, actors, ct);

    private static Task<Answer<OrderView>> LockAsync(long number, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new LockOrder(true), call, actors, ct);

    private static Task<Answer<OrderView>> UnlockAsync(long number, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new LockOrder(false), call, actors, ct);

    private static async Task<Answer<Page<TimelineEntry>>> TimelineAsync(long number, Call call, IActors actors, IJournal journal,
        [Description("Entries in one answer, 1 to 200; 50 unless given."), Range(1, 200)] int? limit, [Description("Only entries before this one: next of the answer before.")] long? before, CancellationToken ct) =>
        await actors.ReadAsync<Order>(call.Company, number, ct) is null ? Refusal.NotFound("order") : await TimelineEntry.PageAsync(journal, actors, call.Company, ("order", number), limit, before, ct);

    private static async Task<Answer<Page<OrderView>>> OfPartnerAsync(long number, Call call, HttpRequest request, ILists lists, IPartnerSales partners, IActors actors, CancellationToken ct)
    {
        if (!(await partners.SalesAsync(call.Company, [number], ct)).ContainsKey(number)) return Refusal.NotFound("partner");
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(request.Query) { ["partner"] = $"{number}" });
        return await PageAsync(call, query, lists, partners, actors, ct);
    }

    private static async Task<Answer<OrderView>> ConvertAsync(
        long number, [Description("True = an open case is won in the same commit.")] bool? markWon, [Description(Why), StringLength(1_000)] string? creditReason,
        Call call, IActors actors, IDatabase database, ICaseSales cases, IPartnerSales partners, CancellationToken ct)
    {
        if (!call.Caller.May("cases:write")) return Refusal.Forbidden("This needs the right cases:write.");
        while (true)
        {
            if (await cases.FindAsync(call.Company, number, ct) is not { } sale) return Refusal.NotFound("case");
            var reply = await actors.CreateAsync(call, new ConvertCase(number, sale.Partner, markWon is true, creditReason), ct);
            if (reply.Refusal == Conversion.Moved) continue;
            if (reply.Refusal?.Code != Conversion.Converted.Code) return reply.ToAnswer<OrderView, Order>(call, "orders");
            var order = await database.QueryAsync(call.Company, "select number from orders where company = @company and case_number = @case", [new("case", number)], row => row.GetInt64(0), ct);
            var row = (await actors.ReadAsync<Order>(call.Company, order[0], ct))!;
            return Answers.WithVersion(await ShowAsync(row, call, actors, partners, ct), row.Version);
        }
    }

    private static async Task<Answer<OrderSettingsView>> SettingsAsync(Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<OrderSettings>(call.Company, IActors.Settings, ct)).ToAnswer<OrderSettingsView, OrderSettings>(OrderTables.Settings, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<OrderSettingsView>> ChangeSettingsAsync(Body<ChangeOrderSettings> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, body.Value, ct)).ToAnswer<OrderSettingsView, OrderSettings>(call, "order-settings");

    private static async Task<Answer<OrderView>> SendAsync(long number, IJointCommand<Order> command, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, command, ct)).ToAnswer<OrderView, Order>(call, "orders");

    private static async Task<OrderView> ShowAsync(Row<Order> row, Call call, IActors actors, IPartnerSales partners, CancellationToken ct) => OrderView.Of(
        row, await actors.SettingsAsync(call.Company, ct), (await partners.SalesAsync(call.Company, [row.State.Partner], ct)).GetValueOrDefault(row.State.Partner));

    /// <summary>A page with the partners' names and limits as they are now, so that a balance that rose shows on every open order (R40).</summary>
    private static async Task<Answer<Page<OrderView>>> PageAsync(Call call, IQueryCollection query, ILists lists, IPartnerSales partners, IActors actors, CancellationToken ct)
    {
        var (refusal, page) = await lists.PageAsync<Order, OrderRow>(call, OrderTables.All with { ViewOf = (row, _) => new OrderRow(row) }, query, ct);
        if (refusal is not null) return refusal;
        var settings = await actors.SettingsAsync(call.Company, ct);
        var sales = await partners.SalesAsync(call.Company, [.. page!.Items.Select(o => o.Row.State.Partner).Distinct()], ct);
        return new Page<OrderView>([.. page.Items.Select(o => OrderView.Of(o.Row, settings, sales.GetValueOrDefault(o.Row.State.Partner)))], page.Next, page.Count, page.CountIsExact);
    }

    private sealed record OrderRow(Row<Order> Row);
}
