namespace Crm.Contracts;

/// <summary>What the Cases module counts for others.</summary>
public interface ICaseCounts
{
    /// <summary>Cases neither won nor lost, not closed and not deleted, by the partner's number. A partner without any is left out.</summary>
    Task<IReadOnlyDictionary<long, int>> OpenAsync(CompanyRef company, IReadOnlyCollection<long> partners, CancellationToken ct);

    /// <summary>All cases that are worked on, by the currency of their value; null = those without a value.</summary>
    Task<IReadOnlyList<OpenCases>> OpenSumsAsync(CompanyRef company, CancellationToken ct);
}

/// <summary>Cases neither won nor lost, not closed and not deleted.</summary>
/// <param name="Currency">ISO 4217; null = they have no value.</param>
/// <param name="Count">Cases.</param>
/// <param name="Value">Sum of the values.</param>
/// <param name="Weighted">Sum of the weighted values, each rounded by itself.</param>
public sealed record OpenCases(string? Currency, long Count, decimal Value, decimal Weighted);
