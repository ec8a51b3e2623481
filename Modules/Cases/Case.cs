using System.Text.Json.Serialization;

namespace Crm.Cases;

/// <summary>A chance to sell something to a partner, from the first talk to the order. Its number is its key and is not part of the state.</summary>
internal sealed record Case
{
    public const int MaxTitle = 200;

    public required string Title { get; init; }
    public required long Partner { get; init; }

    /// <summary>Key of one of the company's statuses: exactly one (R87).</summary>
    public required string Status { get; init; }

    /// <summary>0 to 100; 100 while won and 0 while lost, on every path (R90, R91).</summary>
    public int Probability { get; init; }

    /// <summary>The probability before the case was won or lost, which comes back when it is open again (A13); null while open, and when it was made won or lost.</summary>
    public int? OpenProbability { get; init; }

    /// <summary>In no finer steps than the currency has, so that the weighted value of a won case is its value (R90).</summary>
    public Money? Value { get; init; }
    public string? Owner { get; init; }
    public DateOnly? FollowUp { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public bool Closed { get; init; }
    public DateTimeOffset StatusChangedAt { get; init; }
    public LostReason? LostReason { get; init; }

    /// <summary>When it became an order; then it is locked for good (R107). Which order, the order knows.</summary>
    public DateTimeOffset? ConvertedAt { get; init; }

    /// <summary>What is filled in under the tab Kunde and goes to the order (R105, R108).</summary>
    public CustomerFields? Customer { get; init; }
    public string? Description { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonIgnore]
    public bool IsDeleted => DeletedAt is not null;

    /// <summary>Value × probability, rounded for each case so that a list's rows add up to its footer (R85, A11).</summary>
    [JsonIgnore]
    public Money? Weighted => Value is null ? null : (Value with { Amount = Value.Amount * Probability / 100m }).Rounded();

    /// <summary>The no to a change of what is locked; null = it may change.</summary>
    public Refusal? Locked() => Gone() ?? (Closed ? Refusal.Conflict("case.closed", "The case is closed. Reopen it first.") : null);

    /// <summary>The no that holds for closing and reopening too; null = there is none.</summary>
    public Refusal? Gone() =>
        IsDeleted ? Refusal.Conflict("case.deleted", "The case is deleted. Restore it first.")
        : ConvertedAt is not null ? Refusal.Conflict("case.converted", "The case has become an order and is locked.")
        : null;
}

/// <summary>Why a case was lost: one of the company's reasons, words, or both.</summary>
/// <param name="Key">Of one of the company's reasons.</param>
/// <param name="Text">In the seller's words.</param>
internal sealed record LostReason(string? Key, string? Text);

/// <summary>The customer's own words for the order.</summary>
/// <param name="Reference">The customer's reference.</param>
/// <param name="Requisition">The customer's requisition number.</param>
/// <param name="Contact">Whom the order concerns.</param>
/// <param name="DeliveryStreet">Street and number of the delivery.</param>
/// <param name="DeliveryPostalCode">As the country writes it.</param>
/// <param name="DeliveryCity">Town of the delivery.</param>
/// <param name="DeliveryCountry">ISO 3166-1 alpha-2.</param>
/// <param name="StartDate">When the work begins.</param>
/// <param name="DeliveryDate">When it is delivered; not before the start.</param>
internal sealed record CustomerFields(
    string? Reference, string? Requisition, string? Contact, string? DeliveryStreet, string? DeliveryPostalCode, string? DeliveryCity, string? DeliveryCountry, DateOnly? StartDate, DateOnly? DeliveryDate);
