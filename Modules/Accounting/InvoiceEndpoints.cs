using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Crm.Accounting;

/// <summary><c>/invoices</c> and a partner's invoices. They are read from accounting, and nobody writes them here.</summary>
internal static class InvoiceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/invoices").WithTags("accounting");
        group.MapGet("/", ListAsync).Needs("invoices:read").Listed(Invoice.All).Documented("listInvoices", "List invoices", "Invoices and credit notes of the connected accounting systems, with filters by field name, sort and cursor paging.");
        group.MapGet("/{number:long}", GetAsync).Needs("invoices:read").Documented("getInvoice", "Read an invoice", "As the accounting system last told it.");
        api.MapGet("/partners/{number:long}/invoices", OfPartnerAsync).WithTags("accounting").Needs("invoices:read").Listed(Invoice.All).Documented("listPartnerInvoices", "List a partner's invoices", "With the filters of the list.");
    }

    private static Task<Answer<Page<InvoiceView>>> ListAsync(Call call, HttpRequest request, ILists lists, IPartners partners, IDatabase database, CancellationToken ct) => PageAsync(call, request.Query, lists, partners, database, ct);

    private static async Task<Answer<InvoiceView>> GetAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<Invoice>(call.Company, number, ct)).ToAnswer<InvoiceView, Invoice>(Invoice.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<Page<InvoiceView>>> OfPartnerAsync(long number, Call call, HttpRequest request, IPartners partners, ILists lists, IDatabase database, CancellationToken ct)
    {
        if (await partners.FindAsync(call.Company, number, ct) is null) return Refusal.NotFound("partner");
        var query = new QueryCollection(new Dictionary<string, StringValues>(request.Query) { ["partner"] = $"{number}" });
        return await PageAsync(call, query, lists, partners, database, ct);
    }

    /// <summary>A page with the partners' names as they are now; of who is none, the name in accounting.</summary>
    private static async Task<Answer<Page<InvoiceView>>> PageAsync(Call call, IQueryCollection query, ILists lists, IPartners partners, IDatabase database, CancellationToken ct)
    {
        var (refusal, page) = await lists.PageAsync<Invoice, InvoiceRow>(call, Invoice.All with { ViewOf = (row, _) => new InvoiceRow(row) }, query, ct);
        if (refusal is not null) return refusal;
        var invoices = page!.Items.Select(i => i.Row).ToArray();
        var names = await partners.NamesAsync(call.Company, [.. invoices.Select(i => i.State.Partner).OfType<long>().Distinct()], ct);
        var others = (await database.FindAsync<LedgerCustomer>(call.Company, "accounting_customers", "number", [.. invoices.Where(i => i.State.Partner is null).Select(i => i.State.Customer).OfType<long>().Distinct().Cast<object>()], ct))
            .Values.ToDictionary(c => c.Number, c => c.State.There.Name);
        return new Page<InvoiceView>([.. invoices.Select(i => InvoiceView.Of(i) with { PartnerName = names.GetValueOrDefault(i.State.Partner ?? 0), CustomerName = others.GetValueOrDefault(i.State.Customer ?? 0) })], page.Next, page.Count, page.CountIsExact);
    }

    /// <summary>A row of a page on its way to its view.</summary>
    private sealed record InvoiceRow(Row<Invoice> Row);
}
