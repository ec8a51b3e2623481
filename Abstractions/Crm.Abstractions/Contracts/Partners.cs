namespace Crm.Contracts;

/// <summary>What the Partners module tells others about partners.</summary>
public interface IPartners
{
    /// <summary>One partner that is not deleted; null = none.</summary>
    Task<PartnerBrief?> FindAsync(CompanyRef company, long number, CancellationToken ct);

    /// <summary>The names of some partners, deleted ones too.</summary>
    Task<IReadOnlyDictionary<long, string>> NamesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>Which of some partners are there and not deleted.</summary>
    Task<IReadOnlySet<long>> LiveAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);
}

/// <summary>A partner in a few words.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its main owner's user id; null = none.</param>
public sealed record PartnerBrief(long Number, string Name, string? Owner);
