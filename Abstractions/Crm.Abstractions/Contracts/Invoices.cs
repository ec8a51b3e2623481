namespace Crm.Contracts;

/// <summary>What the Accounting module tells others about invoices. Whoever asks lives without an answer too.</summary>
public interface IInvoices
{
    /// <summary>What was billed; null = no accounting system is connected, so that nothing is known, and nothing is not 0.</summary>
    Task<BillingFigures?> BillingAsync(CompanyRef company, CancellationToken ct);
}

/// <summary>
/// What was billed (R118), in the company's currency: invoices that are sent and numbered, by the month of their date, without VAT, credit notes subtracted and
/// cancelled ones left out. An amount is null while a rate is missing.
/// </summary>
/// <param name="ThisMonth">Dated in the month of the company's day.</param>
/// <param name="LastMonth">Dated in the whole month before.</param>
/// <param name="ThisYear">Dated in the calendar year.</param>
/// <param name="WithVat">True = of some of these invoices the system tells no net, and they count with their VAT.</param>
public sealed record BillingFigures(Money? ThisMonth, Money? LastMonth, Money? ThisYear, bool WithVat);
