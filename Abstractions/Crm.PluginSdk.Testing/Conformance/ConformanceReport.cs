namespace Crm.Plugins.Testing;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Stable, such as <c>error.429</c>.</param>
/// <param name="Passed">True = it is as the contract wants it.</param>
/// <param name="Why">What was found.</param>
public sealed record ConformanceFinding(string Name, bool Passed, string Why);

/// <summary>What the suite found, in order.</summary>
/// <param name="Findings">Everything that was looked at. What could not be, because something before it failed, is not among them.</param>
public sealed record ConformanceReport(IReadOnlyList<ConformanceFinding> Findings)
{
    /// <summary>True = the plugin keeps the contract.</summary>
    public bool Passed => Findings.All(f => f.Passed);

    /// <summary>What is wrong.</summary>
    public IEnumerable<ConformanceFinding> Failures => Findings.Where(f => !f.Passed);

    /// <summary>For a test that wants one line.</summary>
    /// <exception cref="ConformanceException">Something is wrong; the message says all of it.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed) throw new ConformanceException(string.Join('\n', Failures.Select(f => $"{f.Name}: {f.Why}")));
    }

    /// <summary>A line each.</summary>
    public override string ToString() => string.Join('\n', Findings.Select(f => $"{(f.Passed ? "ok  " : "FAIL")} {f.Name}: {f.Why}"));
}

/// <summary>A plugin does not keep the contract.</summary>
/// <param name="message">What is wrong.</param>
public sealed class ConformanceException(string message) : Exception(message);
