namespace Crm.Contracts;

/// <summary>What counts against a credit limit (A4). The balance alone is the usual.</summary>
public enum CreditCounts
{
    /// <summary>What is invoiced and not paid, by the accounting system.</summary>
    Balance,
    /// <summary>And what is ordered and not invoiced.</summary>
    BalanceAndUninvoiced,
    /// <summary>And the order that is being made.</summary>
    BalanceUninvoicedAndOrder,
}

/// <summary>A company's rule for credit warnings. They warn and never block (R42).</summary>
public sealed record CreditPolicy
{
    /// <summary>What is compared with the limit.</summary>
    public CreditCounts Counts { get; init; }

    /// <summary>The steps in one percent of a margin.</summary>
    public const int MarginSteps = 10_000;

    /// <summary>How far above the limit is still no warning, in percent of the limit; 0 to 1,000, in steps of a ten-thousandth.</summary>
    public decimal MarginPercent
    {
        get;
        init => field = decimal.Round(value, 4);
    }
}

/// <summary>Open receivables by the accounting system, with their source and age (R28, R29).</summary>
/// <param name="Amount">In the main unit.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Source">The accounting system.</param>
/// <param name="AsOf">When it said so.</param>
public sealed record Balance(decimal Amount, string Currency, string Source, DateTimeOffset AsOf);

/// <summary>A doubt that is shown with a thing and never blocks saving it.</summary>
/// <param name="Code">Stable code, such as <c>credit.limit.exceeded</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record Warning(string Code, string Message)
{
    /// <summary>What is owed, in the limit's currency, where the warning is about it.</summary>
    public decimal? Balance { get; init; }

    /// <summary>The credit limit, where the warning is about it.</summary>
    public decimal? Limit { get; init; }

    /// <summary>ISO 4217 of both.</summary>
    public string? Currency { get; init; }

    /// <summary>All that counts against the limit by the company's policy; null = the warning is about something else.</summary>
    public decimal? Exposure { get; init; }

    /// <summary>Which accounting system told the balance, where the warning is about it.</summary>
    public string? Source { get; init; }

    /// <summary>When the balance was last known to be so.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>True = that is longer ago than the company trusts a balance; null = no balance is known.</summary>
    public bool? Stale { get; init; }

    /// <summary>What one unit of the balance's currency was taken to be worth in the limit's; null = they are the same (A5).</summary>
    public decimal? Rate { get; init; }

    /// <summary>The day that rate is of; null = none was needed.</summary>
    public DateOnly? RateDay { get; init; }
}

/// <summary>A partner's limit and what counts against it. The one place where a credit warning is decided.</summary>
/// <param name="Limit">Null = no limit, never a warning; 0 is a real limit (A3).</param>
/// <param name="Balance">Null = no accounting system has said anything.</param>
/// <param name="Uninvoiced">Ordered and not invoiced, one amount for each currency.</param>
public sealed record CreditPosition(Money? Limit, Balance? Balance, IReadOnlyList<Money> Uninvoiced)
{
    /// <summary>The code of the warning that the limit is exceeded.</summary>
    public const string Exceeded = "credit.limit.exceeded";

    /// <summary>True = the balance is older than the company trusts one.</summary>
    public bool IsStale { get; init; }

    /// <summary>The balance as money; empty when no accounting system has said anything.</summary>
    public IEnumerable<Money> Owed => Balance is null ? [] : [new Money(Balance.Amount, Balance.Currency)];

    /// <summary>The warning, if what counts is more than the limit; exactly the limit is none (A3).</summary>
    /// <param name="company">Its policy and rates.</param>
    /// <param name="order">The order that is being made and not yet among the uninvoiced; null = none.</param>
    public Warning? Warn(CompanyProfile company, Money? order = null)
    {
        ArgumentNullException.ThrowIfNull(company);
        if (Limit is null) return null;
        var counts = company.Credit.Counts;
        var parts = Owed;
        if (counts != CreditCounts.Balance) parts = parts.Concat(Uninvoiced);
        if (counts == CreditCounts.BalanceUninvoicedAndOrder && order is not null) parts = parts.Append(order);
        bool? stale = Balance is null ? null : IsStale;
        var owed = Balance is null ? null : company.Convert(new(Balance.Amount, Balance.Currency), Limit.Currency)?.Amount;
        if (company.Sum(parts, Limit.Currency) is not { } exposure)
            return new("credit.rate.missing", "What counts against the credit limit is in a currency for which the company has no rate.") { Balance = owed, Limit = Limit.Amount, Currency = Limit.Currency, Source = Balance?.Source, AsOf = Balance?.AsOf, Stale = stale };
        if (exposure.Amount <= Limit.Amount * (1 + (company.Credit.MarginPercent / 100))) return null;
        var rate = Balance is null || Balance.Currency == Limit.Currency ? null : company.Rate(Balance.Currency, Limit.Currency);
        return new(Exceeded, counts == CreditCounts.Balance ? "The balance is above the credit limit." : "The balance and what is ordered are above the credit limit.")
        {
            Balance = owed, Limit = Limit.Amount, Currency = Limit.Currency, Exposure = exposure.Amount, Rate = rate, RateDay = rate is null ? null : company.RateDay(Balance!.Currency, Limit.Currency), Source = Balance?.Source, AsOf = Balance?.AsOf, Stale = stale,
        };
    }
}
