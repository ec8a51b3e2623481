using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>An invoice or a credit note of the accounting system. Only reading changes it.</summary>
internal sealed record Invoice
{
    public static Entity<Invoice> Entity { get; } = new("invoice", "invoices")
    {
        Columns =
        [
            new("external_key", ColumnType.Text, i => LedgerCustomer.KeyOf(i.Plugin, i.There.Id)), new("customer", ColumnType.Number, i => i.Customer), new("partner", ColumnType.Number, i => i.Partner),
            new("name", ColumnType.Text, i => i.There.Number), new("invoice_date", ColumnType.Date, i => Day(i.There.Date)), new("due_date", ColumnType.Date, i => i.There.DueDate is { } due ? Day(due) : null),
            new("net", ColumnType.Amount, i => i.There.Net is { } net ? TenThousandths(net) : null), new("gross", ColumnType.Amount, i => TenThousandths(i.There.Gross)),
            new("balance", ColumnType.Amount, i => TenThousandths(i.There.Balance)), new("currency", ColumnType.Text, i => i.There.Currency), new("state", ColumnType.Text, i => i.State()), new("order_number", ColumnType.Number, i => i.Order()),
            new("billing", ColumnType.Text, i => Billing.Of(i.There)),
        ],
        Unique = new Dictionary<string, string> { ["external_key"] = "invoice.taken" },
        TotalsOf = Billing.Totals,
        View = (row, _) => InvoiceView.Of(row),
    };

    public static ListOf<Invoice> All { get; } = new("invoices", Entity,
    [
        new("number", "number", ColumnType.Number), new("invoiceNumber", "name", ColumnType.Text), new("partner", "partner", ColumnType.Number), new("date", "invoice_date", ColumnType.Date),
        new("dueDate", "due_date", ColumnType.Date), new("net", "net", ColumnType.Amount), new("gross", "gross", ColumnType.Amount), new("balance", "balance", ColumnType.Amount),
        new("currency", "currency", ColumnType.Text), new("state", "state", ColumnType.Text), new("billing", "billing", ColumnType.Text), new("order", "order_number", ColumnType.Number),
    ]) { DefaultSort = "-date" };

    public required string Plugin { get; init; }

    /// <summary>As it was last read.</summary>
    public required AccountingInvoice There { get; init; }

    /// <summary>The number of its <see cref="LedgerCustomer"/>; null = the system told of the invoice before the customer.</summary>
    public long? Customer { get; init; }

    /// <summary>The partner that the customer is.</summary>
    public long? Partner { get; init; }

    public string State() => There switch
    {
        { IsCancelled: true } => "cancelled",
        { IsBooked: false } => "draft",
        { IsCredit: true } => "credit",
        { Balance: 0 } => "paid",
        _ => "open",
    };

    /// <summary>The number of the order that it says it invoices; whether there is such an order of the same partner, Orders knows. Null = it names none.</summary>
    public long? Order()
    {
        if (There.OrderReference is not { } text || !text.Any(char.IsAsciiDigit)) return null;
        var first = text.TakeWhile(c => !char.IsAsciiDigit(c)).Count();
        var digits = string.Concat(text[first..].TakeWhile(char.IsAsciiDigit));
        // One number and no other: in "2026-1042" nobody knows which.
        return !text[(first + digits.Length)..].Any(char.IsAsciiDigit) && digits.Length <= 18 && long.TryParse(digits, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }

    public static long TenThousandths(decimal amount) => (long)(amount * 10_000m);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Invoices that the system told of for the first time, made in one commit.</summary>
internal sealed record AddInvoices(IReadOnlyList<Invoice> Invoices) : ICreation<Invoice>
{
    public Decision<Invoice> Decide(Moment at) => Decision.Accept(Invoices[0], "invoice.added").FollowedBy(_ => [.. Invoices.Skip(1)]);
}

/// <summary>An invoice as it was read now, or of another partner than before.</summary>
internal sealed record ReadInvoice(Invoice Read) : ICommand<Invoice>
{
    public Decision<Invoice> Decide(Invoice invoice, Moment at) => invoice == Read ? Decision.Nothing(invoice) : Decision.Accept(Read, "invoice.read");
}
