using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>A test that needs the vendors' own specifications, which are theirs and not in this repository. CRM_VENDOR_SPECS names their folder; without it there is no such test.</summary>
[XunitTestCaseDiscoverer(typeof(VendorTheoryDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class VendorTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : TheoryAttribute(file, line);

/// <summary>Finds them where the specifications are.</summary>
public sealed class VendorTheoryDiscoverer : TheoryDiscoverer
{
    /// <summary>The folder with the specifications; null = not here.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("CRM_VENDOR_SPECS") is { Length: > 0 } folder ? folder : null;

    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        Folder is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
}
