namespace Crm.Contracts;

/// <summary>What the Orders module tells others about orders. Whoever asks lives without an answer too: a program without orders has none.</summary>
public interface IOrders
{
    /// <summary>The numbers of the orders that some cases became, by the case's number. A case without an order is left out.</summary>
    Task<IReadOnlyDictionary<long, long>> OfCasesAsync(CompanyRef company, IReadOnlyCollection<long> cases, CancellationToken ct);

    /// <summary>How many orders a partner has, cancelled ones too.</summary>
    Task<int> CountOfPartnerAsync(CompanyRef company, long partner, CancellationToken ct);
}
