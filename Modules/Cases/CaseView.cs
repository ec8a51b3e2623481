using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>A case as callers read it.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Partner">Whose case it is.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Value">What the order would be worth; null = not known.</param>
/// <param name="Owner">Who works on it; null = nobody.</param>
/// <param name="FollowUp">The day of the next step; null = none is set.</param>
/// <param name="ExpectedClose">The day by which the customer is expected to decide; null = not known.</param>
/// <param name="StatusChangedAt">When it got its status, UTC.</param>
/// <param name="LostReason">Why it was lost; null = it is not, or nobody said.</param>
/// <param name="ConvertedAt">When it became an order and was locked; null = it did not.</param>
/// <param name="Customer">What goes to the order; null = nothing is filled in.</param>
/// <param name="Description">In the seller's words.</param>
/// <param name="DeletedAt">When it was deleted; null = it is not.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record CaseView(
    [property: Description("Assigned, unique in the company, never changed or used again.")] long Number,
    string Title, CasePartner Partner, CaseStatusView Status,
    [property: Description("0 to 100; 100 while won, 0 while lost.")] int Probability, Money? Value,
    [property: Description("Value × probability, rounded to the currency's minor unit, half away from zero.")] Money? Weighted,
    NamedId? Owner, DateOnly? FollowUp, DateOnly? ExpectedClose,
    [property: Description("True = the work on it has ended and nothing changes until it is reopened.")] bool Closed,
    [property: Description("Which of the two dates of an open case lie before today in the company's time zone.")] OverdueView Overdue,
    DateTimeOffset StatusChangedAt, LostReasonView? LostReason,
    [property: Description("Number of the order that it became; null = none.")] long? Order, DateTimeOffset? ConvertedAt,
    CustomerFields? Customer, string? Description,
    [property: Description("What else there is of the same partner; only when a single case is read, else null.")] CaseRelated? Related,
    DateTimeOffset? DeletedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    /// <summary>What the row and the settings tell. <see cref="CaseReading"/> adds the rest; what is overdue is as it was when the row was written.</summary>
    public static CaseView Of(Row<Case> row, ISettings settings)
    {
        var (c, company, own) = (row.State, settings.Get<CompanyProfile>(), settings.Get<CaseSettings>());
        var status = own.Status(c.Status) is { } s ? new CaseStatusView(s.Key, s.Name, s.Kind, s.Probability) : new(c.Status, c.Status, StatusKind.Open, 0);
        return new(
            row.Number, c.Title, new(c.Partner, null), status, c.Probability, c.Value, c.Weighted, NamedId.User(c.Owner, company), c.FollowUp, c.ExpectedClose, c.Closed,
            OverdueView.Of(c.Closed, status.Kind, c.FollowUp, c.ExpectedClose, company.Today(row.UpdatedAt)), c.StatusChangedAt,
            c.LostReason is { } reason ? new(reason.Key, own.Find(CaseList.LostReason, reason.Key)?.Name ?? reason.Key, reason.Text) : null,
            null, c.ConvertedAt, c.Customer, c.Description, null, c.DeletedAt, row.CreatedAt, row.UpdatedAt, row.Version);
    }
}

/// <summary>The partner of a case.</summary>
/// <param name="Number">The partner's number.</param>
/// <param name="Name">Its name as it is now.</param>
internal sealed record CasePartner(long Number, string? Name);

/// <summary>The status of a case.</summary>
/// <param name="Key">What is written.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Kind">open, won or lost.</param>
/// <param name="Probability">What cases get with this status.</param>
internal sealed record CaseStatusView(string Key, string Name, StatusKind Kind, int Probability);

/// <summary>Which dates of a case have passed. Today is not overdue; a closed, won or lost case never is (R98).</summary>
/// <param name="FollowUp">True = the follow-up lies before today.</param>
/// <param name="ExpectedClose">True = the expected close lies before today.</param>
internal sealed record OverdueView(bool FollowUp, bool ExpectedClose)
{
    public static OverdueView Of(bool closed, StatusKind kind, DateOnly? followUp, DateOnly? expectedClose, DateOnly today) =>
        closed || kind != StatusKind.Open ? new(false, false) : new(followUp < today, expectedClose < today);
}

/// <summary>Why a case was lost.</summary>
/// <param name="Key">The company's reason; null = only words.</param>
/// <param name="Name">What is shown for the key.</param>
/// <param name="Text">In own words.</param>
internal sealed record LostReasonView(string? Key, string? Name, string? Text);

/// <summary>What else there is of the partner of a case (R100, R101).</summary>
/// <param name="Cases">Other cases, closed ones too, deleted ones not.</param>
/// <param name="Orders">Orders.</param>
internal sealed record CaseRelated(long Cases, int Orders);
