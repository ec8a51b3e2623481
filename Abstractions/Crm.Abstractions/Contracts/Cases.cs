namespace Crm.Contracts;

/// <summary>What the Cases module counts for others.</summary>
public interface ICaseCounts
{
    /// <summary>Cases neither won nor lost, not closed and not deleted, by the partner's number. A partner without any is left out.</summary>
    Task<IReadOnlyDictionary<long, int>> OpenAsync(CompanyRef company, IReadOnlyCollection<long> partners, CancellationToken ct);
}
