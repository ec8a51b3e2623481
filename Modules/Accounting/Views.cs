using System.Text.Json;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>A connection as callers read it.</summary>
/// <param name="Number">Its number in the company.</param>
/// <param name="Plugin">The accounting plugin.</param>
/// <param name="State">active, paused, reconnectNeeded (the credentials are taken no longer) or otherAccount (they lead to another company than before).</param>
/// <param name="Account">Whom it leads to; null = not read yet.</param>
/// <param name="EveryMinutes">How often what changed is read.</param>
/// <param name="DueAt">When it is read next; null = not until somebody asks.</param>
/// <param name="Running">The run that is under way or waits to go on; null = none.</param>
/// <param name="Runs">The last runs that ended, the newest first.</param>
/// <param name="Version">For the ETag.</param>
internal sealed record ConnectionView(long Number, string Plugin, string State, Account? Account, int EveryMinutes, DateTimeOffset? DueAt, RunView? Running, IReadOnlyList<RunView> Runs, long Version)
{
    public static ConnectionView Of(Row<Connection> row)
    {
        var c = row.State;
        return new(row.Number, c.Plugin, Word(c.State), c.Account, c.EveryMinutes, c.DueAt, c.Run is { } run ? RunView.Of(run) : null, [.. c.Runs.Select(RunView.Of)], row.Version);
    }

    internal static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>An accounting system that the company uses.</summary>
/// <param name="Plugin">Its id.</param>
/// <param name="Names">Its name by language.</param>
internal sealed record AccountingSystemView(string Plugin, IReadOnlyDictionary<string, string> Names);

/// <summary>One time of reading.</summary>
/// <param name="Number">Counts a connection's runs.</param>
/// <param name="Whole">True = everything, false = what had changed.</param>
/// <param name="Step">What it does now: account, customers, invoices, balances or rest.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null = it has not.</param>
/// <param name="Calls">Pages that were asked for.</param>
/// <param name="Customers">Customers read.</param>
/// <param name="Invoices">Invoices read.</param>
/// <param name="Balances">Rows of receivables read.</param>
/// <param name="Changed">Rows that were not so in the CRM.</param>
/// <param name="Done">Rows of the step that are done.</param>
/// <param name="Total">Rows of the step; null = the system does not tell.</param>
/// <param name="Problem">Why it waits, such as rateLimited; null = it does not.</param>
/// <param name="Detail">The same in words.</param>
internal sealed record RunView(
    long Number, bool Whole, string Step, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Calls, long Customers, long Invoices, long Balances, long Changed, long Done, long? Total, string? Problem, string? Detail)
{
    public static RunView Of(SyncRun run) => new(run.Number, run.Whole, ConnectionView.Word(run.Step), run.StartedAt, run.EndedAt, run.Calls, run.Customers, run.Invoices, run.Balances, run.Changed, run.Done, run.Total, run.Problem, run.Detail);
}

/// <summary>A customer of an accounting system.</summary>
/// <param name="Number">Its number in the CRM.</param>
/// <param name="Plugin">The system.</param>
/// <param name="ExternalNumber">Its number there, as people know it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="OrganisationNumber">Its organisation number there.</param>
/// <param name="City">Where it is.</param>
/// <param name="Partner">The partner that it is; null = none.</param>
/// <param name="Review">Why somebody has to decide: noOrganisationNumber, noPartner, severalPartners or partnerTaken; null = nobody has to.</param>
/// <param name="Ignored">True = somebody said that it is no partner.</param>
/// <param name="Open">What it owes, by currency.</param>
/// <param name="Conflicts">Fields that the partner has otherwise, and whose word counted.</param>
/// <param name="ReadAt">When it was last read and different.</param>
/// <param name="Version">For the ETag.</param>
internal sealed record LedgerCustomerView(
    long Number, string Plugin, string? ExternalNumber, string? Name, string? OrganisationNumber, string? City, long? Partner, string? Review, bool Ignored, IReadOnlyList<Money> Open, IReadOnlyList<ConflictView> Conflicts, DateTimeOffset ReadAt, long Version)
{
    /// <summary>What that partner is called; told in lists.</summary>
    public string? PartnerName { get; init; }

    /// <summary>What else it has there, for whoever makes a partner of it.</summary>
    public required LedgerContactView Contact { get; init; }

    public static LedgerCustomerView Of(Row<LedgerCustomer> row)
    {
        var c = row.State;
        return new(row.Number, c.Plugin, c.There.Number ?? c.There.Id, c.There.Name, c.There.OrganisationNumber, c.There.Invoice?.City, c.Partner, c.Review is { } why ? ConnectionView.Word(why) : null, c.IsIgnored,
            [.. c.Open.Select(o => new Money(o.Amount, o.Currency))], [.. c.Memory.Conflicts.Select(ConflictView.Of)], c.ReadAt, row.Version) { Contact = LedgerContactView.Of(c.There) };
    }
}

/// <summary>How a customer of an accounting system is reached. Null = it is not told there.</summary>
/// <param name="VatNumber">With its country's prefix.</param>
/// <param name="Street">Where invoices go.</param>
/// <param name="PostalCode">The same.</param>
/// <param name="Country">The same; ISO 3166-1.</param>
/// <param name="Email">A general address.</param>
/// <param name="InvoiceEmail">Where invoices are mailed.</param>
/// <param name="Phone">As it is written there.</param>
/// <param name="Website">With or without a scheme.</param>
internal sealed record LedgerContactView(string? VatNumber, string? Street, string? PostalCode, string? Country, string? Email, string? InvoiceEmail, string? Phone, string? Website)
{
    public static LedgerContactView Of(AccountingCustomer there) => new(there.VatNumber, there.Invoice?.Street, there.Invoice?.PostCode, there.Invoice?.Country, there.Email, there.InvoiceEmail, there.Phone, there.Website);
}

/// <summary>An invoice or a credit note, as the accounting system has it.</summary>
/// <param name="Number">Its number in the CRM.</param>
/// <param name="Plugin">The system.</param>
/// <param name="InvoiceNumber">The number on it; null = a draft.</param>
/// <param name="Partner">Whose it is; null = of a customer that is no partner.</param>
/// <param name="Date">The date on it.</param>
/// <param name="DueDate">When it is to be paid.</param>
/// <param name="Net">Without VAT; null = the system does not tell.</param>
/// <param name="Gross">With VAT.</param>
/// <param name="Balance">What is left to pay.</param>
/// <param name="State">draft, open, paid, credit or cancelled.</param>
/// <param name="Sent">True = it was sent; null = the system does not tell.</param>
/// <param name="Billing">What it counts as in billing: included, or why it does not: cancelled, notNumbered or notSent.</param>
/// <param name="Order">The number of the order that it says it invoices; null = it names none.</param>
/// <param name="Version">For the ETag.</param>
internal sealed record InvoiceView(long Number, string Plugin, string? InvoiceNumber, long? Partner, DateOnly Date, DateOnly? DueDate, Money? Net, Money Gross, Money Balance, string State, bool? Sent, string Billing, long? Order, long Version)
{
    /// <summary>What that partner is called; told in lists.</summary>
    public string? PartnerName { get; init; }

    /// <summary>What the customer is called in accounting, where it is no partner; told in lists.</summary>
    public string? CustomerName { get; init; }

    public static InvoiceView Of(Row<Invoice> row)
    {
        var (i, there) = (row.State, row.State.There);
        return new(row.Number, i.Plugin, there.Number, i.Partner, there.Date, there.DueDate, there.Net is { } net ? new(net, there.Currency) : null, new(there.Gross, there.Currency), new(there.Balance, there.Currency), i.State(), there.IsSent, Accounting.Billing.Of(there), i.Order(), row.Version);
    }
}
