using Crm.Cases;

namespace Crm.Benchmarks;

/// <summary>Invented cases.</summary>
internal static class CaseSeed
{
    /// <param name="number">Counted from 1.</param>
    /// <param name="firstPartner">Number of the first of the partners that the cases are of.</param>
    /// <param name="partners">How many those are.</param>
    public static Case Of(int number, long firstPartner, int partners)
    {
        var deal = SeedData.Case(number, partners);
        var (status, _, probability) = SeedData.Statuses[deal.Status];
        return new()
        {
            Title = deal.Title, Partner = firstPartner + deal.Partner, Status = status, Probability = probability, Value = deal.Value is { } value ? new(value, "SEK") : null, Owner = deal.Owner,
            FollowUp = deal.FollowUp, ExpectedClose = deal.ExpectedClose, StatusChangedAt = SeedData.At, Description = "Ring först.", Customer = new($"ref {number}", null, null, "Storgatan 1", "111 22", "Lund", "SE", null, null),
        };
    }
}
