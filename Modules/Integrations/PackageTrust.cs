using System.Text.Json;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>Whose packages are taken: those that a trusted publisher has signed. Asked when a package comes, and again whenever a version newly begins to serve somebody.</summary>
/// <param name="database">Holds the publishers.</param>
/// <param name="allowUnsigned">Section <c>Plugins</c>, <c>AllowUnsigned</c>: whether packages that nobody signed are taken too.</param>
internal sealed class PackageTrust(IDatabase database, bool allowUnsigned)
{
    public bool AllowUnsigned => allowUnsigned;

    /// <summary>The key that signed a package; null = nobody signed it, and this server takes such packages.</summary>
    /// <exception cref="PackageException">It is not to be trusted.</exception>
    public async Task<string?> SignerAsync(PluginPackage package, CancellationToken ct)
    {
        var trusted = await TrustedAsync(ct);
        var signature = PluginSignature.Verify(package, (publisher, key) => trusted.FirstOrDefault(p => p.Name == publisher && p.KeyId == key)?.PublicKey);
        return signature is not null || allowUnsigned ? signature?.Key : throw new PackageException("signature.missing", "Nobody has signed this package. Only a server for development takes such packages (Plugins:AllowUnsigned).");
    }

    /// <summary>Why a version that is here may not begin to serve; null = it may.</summary>
    public async Task<Refusal?> RefusesAsync(StoredVersion version, CancellationToken ct) =>
        version.SignedBy is null ? allowUnsigned ? null : Refusal.Invalid("signature.missing", $"Nobody has signed version {version.Version}. Only a server for development lets it serve (Plugins:AllowUnsigned).")
        : (await TrustedAsync(ct)).Any(p => p.KeyId == version.SignedBy) ? null : Refusal.Invalid("signature.untrusted", $"The key {version.SignedBy}, which signed version {version.Version}, is not trusted any more.");

    private async Task<IReadOnlyList<Publisher>> TrustedAsync(CancellationToken ct) =>
        [.. (await database.QueryAsync(CompanyRef.System, "select doc from plugin_publishers where company = @company", [], row => JsonSerializer.Deserialize<Publisher>(row.GetString(0), Json.State)!, ct)).Where(p => p.RevokedAt is null)];
}
