namespace Crm.Plugins.Testing;

/// <summary>Collects what was found.</summary>
internal sealed class Findings
{
    private readonly List<ConformanceFinding> _all = [];

    public ConformanceReport Report => new([.. _all]);

    /// <summary>Notes a finding.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="problem">Null = it is as it should be.</param>
    /// <param name="good">What to say then.</param>
    /// <returns>True when it is.</returns>
    public bool Add(string name, string? problem, string good)
    {
        _all.Add(new(name, problem is null, problem ?? good));
        return problem is null;
    }
}
