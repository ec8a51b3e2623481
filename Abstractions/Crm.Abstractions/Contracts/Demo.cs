namespace Crm.Contracts;

/// <summary>Makes the companies of <c>--demo</c>, once; later starts find them.</summary>
public interface IDemoCompanies
{
    /// <summary>The demo companies with their users, and for each an administrator's API key.</summary>
    Task<IReadOnlyList<DemoCompany>> MakeAsync(CancellationToken ct);
}

/// <summary>Fills a demo company with a module's own data. The same every time: what differs between two runs is only the time.</summary>
public interface IDemoData
{
    /// <summary>Lower first: orders need partners.</summary>
    int Order { get; }

    /// <summary>True = called at every start, and looks itself what is missing: what a demo has to offer may come later than its companies.</summary>
    bool IsRepeated => false;

    /// <summary>Called once for each company, when it is new; or at every start.</summary>
    Task FillAsync(DemoCompany company, CancellationToken ct);
}

/// <summary>A company of the demo.</summary>
/// <param name="Company">Which.</param>
/// <param name="Country">ISO 3166-1.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Sellers">User ids that can own partners.</param>
/// <param name="Key">An administrator's API key.</param>
/// <param name="IsNew">False = it was made by an earlier start.</param>
public sealed record DemoCompany(CompanyRef Company, string Country, string Currency, IReadOnlyList<string> Sellers, string Key, bool IsNew);
