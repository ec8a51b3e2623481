using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>A case as callers read it.</summary>
internal sealed record CaseView(
    long Number, string Title, CasePartner Partner, CaseStatusView Status,
    [property: Description("0 to 100; 100 while won, 0 while lost.")] int Probability, Money? Value,
    [property: Description("Value × probability, rounded to the currency's minor unit.")] Money? Weighted,
    CasePerson? Owner, DateOnly? FollowUp, DateOnly? ExpectedClose, bool Closed,
    [property: Description("Which of the two dates of an open case lie before today in the company's time zone.")] OverdueView Overdue,
    DateTimeOffset StatusChangedAt, LostReason? LostReason, long? Order, CustomerFields? Customer, string? Description,
    DateTimeOffset? DeletedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public static CaseView Of(Row<Case> row, ISettings settings, DateTimeOffset now)
    {
        var (c, company, status) = (row.State, settings.Get<CompanyProfile>(), settings.Get<CaseSettings>().Find(row.State.Status));
        var today = company.Today(now);
        var late = !c.Closed && status?.Kind == StatusKind.Open;
        return new(
            row.Number, c.Title, new(c.Partner, null), new(c.Status, status?.Name ?? c.Status, status?.Kind ?? StatusKind.Open, status?.Probability ?? 0), c.Probability, c.Value, c.Weighted,
            c.Owner is null ? null : new(c.Owner, company.Member(c.Owner)?.Name ?? c.Owner), c.FollowUp, c.ExpectedClose, c.Closed,
            new(late && c.FollowUp < today, late && c.ExpectedClose < today), c.StatusChangedAt, c.LostReason, c.Order, c.Customer, c.Description, c.DeletedAt, row.CreatedAt, row.UpdatedAt, row.Version);
    }
}

/// <param name="Number">The partner's number.</param>
/// <param name="Name">Its name as it is now.</param>
internal sealed record CasePartner(long Number, string? Name);

internal sealed record CasePerson(string Id, string Name);

internal sealed record CaseStatusView(string Key, string Name, StatusKind Kind, int Probability);

/// <summary>R98: today is not overdue; a closed, won or lost case never is.</summary>
internal sealed record OverdueView(bool FollowUp, bool ExpectedClose);
