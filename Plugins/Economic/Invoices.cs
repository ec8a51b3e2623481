using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>
/// Booked invoices. e-conomic does not tell which changed: when changes are asked for, those of the last <c>invoiceDays</c> days are read, because new ones
/// and most payments are among them, and then the older ones that are still unpaid.
/// </summary>
internal static class Invoices
{
    private const string OpenOnes = "open;";

    public static async ValueTask<AccountingPage<AccountingInvoice>> PageAsync(IPluginCall call, EconomicApi api, AccountingQuery query, CancellationToken ct)
    {
        var days = call.Settings.Number("invoiceDays") ?? 0;
        var from = query.ChangedSince is { } since && days > 0 ? DateOnly.FromDateTime(since.UtcDateTime).AddDays(-(int)days) : (DateOnly?)null;
        if (query.Cursor is { } cursor && cursor.StartsWith(OpenOnes, StringComparison.Ordinal)) return await OpenAsync(api, from ?? DateOnly.MinValue, Lists.Number(cursor[OpenOnes.Length..]) ?? 0, ct);
        var after = Lists.Number(query.Cursor);
        var (list, at) = await api.PageAsync(Lists.After("invoices/booked", "bookedInvoiceNumber", after, from is { } day ? $"date$gte:{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : null), EconomicJson.Default.Invoices, ct);
        var last = Lists.Next(list, i => i.BookedInvoiceNumber);
        return new() { Items = Read(list), AsOf = at, Total = after is null && from is null ? (long?)list.Pagination?.Results : null, Cursor = last is { } number ? Mapping.Text(number) : from is null ? null : OpenOnes + "0" };
    }

    /// <summary>The unpaid ones from before the days that were read. Whether this list can be filtered by date is not told, so they are left out here.</summary>
    private static async ValueTask<AccountingPage<AccountingInvoice>> OpenAsync(EconomicApi api, DateOnly before, long skip, CancellationToken ct)
    {
        var (list, at) = await api.PageAsync(string.Create(CultureInfo.InvariantCulture, $"invoices/unpaid?pagesize={EconomicApi.PageSize}&skippages={skip}"), EconomicJson.Default.Invoices, ct);
        return new() { Items = [.. Read(list).Where(i => i.Date < before)], AsOf = at, Cursor = Lists.HasMore(list) ? OpenOnes + Mapping.Text(skip + 1) : null };
    }

    private static AccountingInvoice[] Read(Page<Invoice> list) => [.. (list.Collection ?? []).Select(i => i.ToInvoice()).OfType<AccountingInvoice>()];
}
