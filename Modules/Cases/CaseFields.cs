using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Crm.Cases;

/// <summary>What a caller may write on a case; the same for create (POST) and change (PATCH, RFC 7396): absent leaves, null clears.</summary>
internal sealed record CaseFields
{
    /// <summary>Named only to refuse it by its own code.</summary>
    [Description("Assigned by the server. Sending it is refused with case.number.immutable.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Number { get; init; }
    /// <summary>1 to 200 characters. Required when a case is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Title { get; init; }
    /// <summary>Number of the partner. Required when a case is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Partner { get; init; }
    /// <summary>Key of a status; a new case gets the first open one unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Status { get; init; }
    /// <summary>0 to 100; the status's own unless given. While the case is won or lost only 100 or 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Probability { get; init; }
    /// <summary>What the order would be worth, without VAT, with as many decimals as the currency has; null = not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<MoneyFields> Value { get; init; }
    /// <summary>User id such as u12; a new case is its maker's unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Owner { get; init; }
    /// <summary>The day of the next step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> FollowUp { get; init; }
    /// <summary>The day by which the customer is expected to decide.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> ExpectedClose { get; init; }
    /// <summary>Why it was lost; only for lost cases, and gone when the case is open again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<LostReasonFields> LostReason { get; init; }
    /// <summary>What goes to the order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<CustomerPatch> Customer { get; init; }
    /// <summary>At most 10,000 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Description { get; init; }
}

/// <summary>Why a case was lost, as a caller may write it.</summary>
internal sealed record LostReasonFields
{
    /// <summary>Key of one of the company's lost reasons.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Key { get; init; }
    /// <summary>In own words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Text { get; init; }
}

/// <summary>What goes to the order, as a caller may write it: absent leaves, null clears.</summary>
internal sealed record CustomerPatch
{
    /// <summary>The customer's reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Reference { get; init; }
    /// <summary>The customer's requisition number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Requisition { get; init; }
    /// <summary>Whom the order concerns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Contact { get; init; }
    /// <summary>Street and number of the delivery.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> DeliveryStreet { get; init; }
    /// <summary>As the country writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> DeliveryPostalCode { get; init; }
    /// <summary>Town of the delivery.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> DeliveryCity { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> DeliveryCountry { get; init; }
    /// <summary>When the work begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> StartDate { get; init; }
    /// <summary>When it is delivered; not before the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> DeliveryDate { get; init; }
}
