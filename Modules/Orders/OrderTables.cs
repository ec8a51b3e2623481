using System.Globalization;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Orders;

/// <summary>How orders are stored and listed.</summary>
internal static class OrderTables
{
    public static Entity<Order> Orders { get; } = new("order", "orders")
    {
        FirstNumber = 1001,
        View = (row, settings) => OrderView.Of(row, settings, null),
        Unique = new Dictionary<string, string> { ["case_number"] = "case.converted" },
        Columns =
        [
            new("kind", ColumnType.Text, o => Name(o.Kind)), new("partner", ColumnType.Number, o => o.Partner), new("case_number", ColumnType.Number, o => o.Case),
            new("order_date", ColumnType.Date, o => Day(o.OrderDate)), new("start_date", ColumnType.Date, o => Day(o.StartDate)), new("delivery_date", ColumnType.Date, o => Day(o.DeliveryDate)),
            new("owner", ColumnType.Text, o => o.Owner), new("net", ColumnType.Amount, o => o.Net.TenThousandths), new("uninvoiced", ColumnType.Amount, o => o.Uninvoiced.TenThousandths),
            new("currency", ColumnType.Text, o => o.Currency), new("state", ColumnType.Text, o => Name(o.State)), new("cancelled", ColumnType.Flag, o => o.State == OrderState.Cancelled ? 1L : 0L),
            new("locked", ColumnType.Flag, o => o.Locked ? 1L : 0L), new("search", ColumnType.Text, o => SearchText(o)),
        ],
    };

    public static Entity<OrderSettings> Settings { get; } = new("orderSettings", "order_settings")
    {
        DefaultOf = _ => new(),
        View = (row, _) => new OrderSettingsView(row.State.ConvertTo, row.State.Mapping, row.State.KeepManualStage, row.Version),
    };

    public static ListOf<Order> All { get; } = new("orders", Orders,
    [
        new("number", "number", ColumnType.Number), new("kind", "kind", ColumnType.Text), new("partner", "partner", ColumnType.Number), new("case", "case_number", ColumnType.Number),
        new("orderDate", "order_date", ColumnType.Date), new("startDate", "start_date", ColumnType.Date), new("deliveryDate", "delivery_date", ColumnType.Date),
        new("owner", "owner", ColumnType.Text)
        {
            Resolve = (text, call, _) => text == "me" ? call.Caller.UserId : text,
            Ranks = settings => [.. settings.Get<CompanyProfile>().Members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => m.UserId)],
        },
        new("net", "net", ColumnType.Amount), new("uninvoiced", "uninvoiced", ColumnType.Amount), new("currency", "currency", ColumnType.Text),
        new("state", "state", ColumnType.Text) { Ranks = _ => [.. Enum.GetValues<OrderState>().Select(Name)] }, new("locked", "locked", ColumnType.Flag),
    ])
    { SearchColumn = "search", Fold = Folded, DefaultSort = "-number" };

    private static string SearchText(Order order) =>
        Folded(string.Join(' ', new[] { order.Reference, order.Requisition, order.Contact }.Concat(order.Lines.Select(l => l.Text)).Where(t => t is not null)));

    private static string Folded(string text) => SortKey.Of(text, "en", 600);

    private static string Name<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
