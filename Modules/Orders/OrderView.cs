using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Orders;

/// <summary>An order as callers read it.</summary>
/// <param name="Kind">sales or production.</param>
/// <param name="Partner">Whose order it is.</param>
/// <param name="Case">The case that it was made from; null = none.</param>
/// <param name="OrderDate">When it was ordered.</param>
/// <param name="StartDate">When the work begins.</param>
/// <param name="DeliveryDate">When it is delivered.</param>
/// <param name="Owner">Who looks after it.</param>
/// <param name="CreditDays">Days from the invoice until it is due; null = the company's usual.</param>
/// <param name="Currency">ISO 4217 of every line.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="InvoicedNet">How much of the net is invoiced.</param>
/// <param name="State">draft, confirmed, delivered, invoiced or cancelled.</param>
/// <param name="Locked">True = nothing on it changes until it is unlocked.</param>
/// <param name="Reference">The customer's reference.</param>
/// <param name="Requisition">The customer's own number of the order.</param>
/// <param name="Contact">Whom to ask.</param>
/// <param name="Delivery">Where it goes.</param>
/// <param name="Note">Anything else.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record OrderView(
    [property: Description("Assigned, unique in the company, never changed or used again.")] long Number,
    OrderKind Kind, OrderPartner Partner, long? Case, DateOnly OrderDate, DateOnly? StartDate, DateOnly? DeliveryDate, NamedId? Owner, int? CreditDays, string Currency,
    IReadOnlyList<OrderLineView> Lines,
    [property: Description("Without VAT: the sum of the lines.")] Money Net, Money InvoicedNet,
    [property: Description("What of it counts as ordered and not invoiced; 0 when cancelled.")] Money Uninvoiced,
    OrderState State, bool Locked, string? Reference, string? Requisition, string? Contact, DeliveryAddress? Delivery, string? Note,
    [property: Description("Each time that it was taken over the partner's credit limit, with what was known then.")] IReadOnlyList<CreditDecision> CreditDecisions,
    [property: Description("While the order is open: whether the partner is over the credit limit now. It never blocks.")] IReadOnlyList<Warning> Warnings,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    /// <summary>The order with its partner as the partner is now.</summary>
    public static OrderView Of(Row<Order> row, ISettings settings, PartnerSales? partner)
    {
        var (o, company) = (row.State, settings.Get<CompanyProfile>());
        return new(
            row.Number, o.Kind, new(o.Partner, partner?.Name), o.Case, o.OrderDate, o.StartDate, o.DeliveryDate, NamedId.User(o.Owner, company), o.CreditDays, o.Currency,
            [.. o.Lines.Select(l => new OrderLineView(l.Id, l.Text, l.Quantity, new(l.UnitPrice, o.Currency), l.DiscountPercent, new(l.Net(o.Currency), o.Currency)))],
            o.Net, new(o.Invoiced, o.Currency), o.Uninvoiced, o.State, o.Locked, o.Reference, o.Requisition, o.Contact, o.Delivery, o.Note, o.CreditDecisions,
            o.IsOpen && partner is not null && Others(partner.Credit, o).Warn(company, o.Uninvoiced) is { } warning ? [warning] : [], row.CreatedAt, row.UpdatedAt, row.Version);
    }

    /// <summary>The partner's position without this order, which is counted by itself (never twice).</summary>
    private static CreditPosition Others(CreditPosition credit, Order own) => credit with
    {
        Uninvoiced = [.. credit.Uninvoiced.Select(u => u.Currency == own.Currency ? u with { Amount = u.Amount - own.Uninvoiced.Amount } : u)],
    };
}

/// <summary>Whose order it is.</summary>
/// <param name="Number">The partner's number.</param>
/// <param name="Name">Its name as it is now.</param>
internal sealed record OrderPartner(long Number, string? Name);

/// <summary>One line of an order.</summary>
/// <param name="Id">Its place in the order, never used again.</param>
/// <param name="Text">What is ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">Without VAT.</param>
/// <param name="DiscountPercent">0 to 100.</param>
/// <param name="Net">Quantity × price less the discount, rounded to the currency's minor unit.</param>
internal sealed record OrderLineView(int Id, string Text, decimal Quantity, Money UnitPrice, decimal DiscountPercent, Money Net);
