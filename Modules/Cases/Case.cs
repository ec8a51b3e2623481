using System.Text.Json.Serialization;

namespace Crm.Cases;

/// <summary>A chance to sell something to a partner, from the first talk to the order.</summary>
internal sealed record Case
{
    public const int MaxTitle = 200;

    public required string Title { get; init; }
    public required long Partner { get; init; }
    public required string Status { get; init; }

    /// <summary>0 to 100; 100 while won and 0 while lost, on every path (R90, R91).</summary>
    public int Probability { get; init; }

    /// <summary>The probability before the case was won or lost, which comes back when it is open again (A13); null while open.</summary>
    public int? OpenProbability { get; init; }
    public Money? Value { get; init; }
    public string? Owner { get; init; }
    public DateOnly? FollowUp { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public bool Closed { get; init; }
    public DateTimeOffset StatusChangedAt { get; init; }
    public LostReason? LostReason { get; init; }

    /// <summary>The order that it became; then the case is locked (R107).</summary>
    public long? Order { get; init; }

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
    public Refusal? Locked() =>
        IsDeleted ? Refusal.Conflict("case.deleted", "The case is deleted. Restore it first.")
        : Order is not null ? Refusal.Conflict("case.converted", $"The case has become order {Order} and is locked.")
        : Closed ? Refusal.Conflict("case.closed", "The case is closed. Reopen it first.")
        : null;
}

/// <summary>Why a case was lost: one of the company's reasons, or words.</summary>
internal sealed record LostReason(string? Key, string? Text);

/// <summary>The customer's own words for the order.</summary>
internal sealed record CustomerFields(string? Reference, string? Requisition, string? Contact, string? DeliveryStreet, string? DeliveryPostalCode, string? DeliveryCity, string? DeliveryCountry, DateOnly? StartDate, DateOnly? DeliveryDate);
