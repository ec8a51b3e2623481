namespace Crm.Plugins.Loading;

/// <summary>The hosts that a plugin may call for a company: those of its manifest and those of its settings.</summary>
internal readonly record struct AllowedHosts(IReadOnlyList<string> Manifest, IReadOnlySet<string> Settings)
{
    public bool Allow(Uri address) => Settings.Contains(address.IdnHost) || IsPublishers(address);

    /// <summary>True = the host is one of the manifest's, and the same for all companies.</summary>
    public bool IsPublishers(Uri address)
    {
        var host = address.IdnHost;
        return Manifest.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase) : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
    }
}
