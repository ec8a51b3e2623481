using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>
/// Booked invoices, by number. e-conomic does not tell which changed: when changes are asked for, those of the last <c>invoiceDays</c> days are read, because new
/// ones are among them, and in the same list the older ones that were unpaid so far, as many at a time as a filter takes.
/// </summary>
internal static class Invoices
{
    /// <summary>The most that e-conomic takes in <c>$in</c>, and characters of it: many servers refuse addresses that ask with more than 2,048 in all.</summary>
    private const int MostNumbers = 200, MostCharacters = 1_600;

    public static async ValueTask<AccountingPage<AccountingInvoice>> PageAsync(IPluginCall call, EconomicApi api, AccountingQuery query, CancellationToken ct)
    {
        var (days, after) = (call.Settings.Number("invoiceDays") ?? 0, Lists.Number(query.Cursor));
        var from = query.ChangedSince is { } since && days > 0 ? DateOnly.FromDateTime(since.UtcDateTime).AddDays(-(int)days) : (DateOnly?)null;
        var (condition, to) = from is { } day ? Changed(day, query.Unpaid, after ?? 0) : (null, null);
        var (list, at) = await api.PageAsync(Lists.After("invoices/booked", "bookedInvoiceNumber", after, condition), EconomicJson.Default.Invoices, ct);
        return new()
        {
            Items = [.. (list.Collection ?? []).Select(i => i.ToInvoice()).OfType<AccountingInvoice>()], AsOf = at, Total = after is null && from is null ? (long?)list.Pagination?.Results : null,
            Cursor = (Lists.Next(list, i => i.BookedInvoiceNumber) ?? to) is { } last ? Mapping.Text(last) : null,
        };
    }

    /// <summary>What may have changed among the invoices after one, and up to which number that holds; null = to the end.</summary>
    private static (string Condition, long? To) Changed(DateOnly from, UnpaidInvoice[] unpaid, long after)
    {
        var recent = $"date$gte:{from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        long[] older = [.. unpaid.Where(i => i.Date < from && Mapping.IsNumber(i.Id)).Select(i => long.Parse(i.Id, CultureInfo.InvariantCulture)).Where(number => number > after).Order()];
        if (older.Length == 0) return (recent, null);
        // Each has a comma, which is three characters in an address.
        var some = older.Take(Math.Min(MostNumbers, MostCharacters / (Mapping.Text(older[^1]).Length + 3))).ToArray();
        var either = $"({recent}$or:bookedInvoiceNumber$in:[{string.Join(',', some.Select(n => Mapping.Text(n)))}])";
        return some.Length == older.Length ? (either, null) : ($"bookedInvoiceNumber$lte:{Mapping.Text(some[^1])}$and:{either}", some[^1]);
    }
}
