using System.Security.Cryptography;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>A publisher's public key that the operator trusts. Lives in company 0.</summary>
/// <param name="Name">The publisher in manifests and signatures.</param>
/// <param name="KeyId">Names the key in signatures.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo in PEM, on curve P-256.</param>
/// <param name="RevokedAt">Since then it proves nothing any more; null = it is trusted.</param>
internal sealed record Publisher(string Name, string KeyId, string PublicKey, DateTimeOffset? RevokedAt)
{
    public static readonly Entity<Publisher> Entity = new("publisher", "plugin_publishers")
    {
        Columns = [new("key_id", ColumnType.Text, p => p.KeyId)],
        Unique = new Dictionary<string, string> { ["key_id"] = "publisher.key.taken" },
        View = (row, _) => PublisherView.Of(row),
    };
}

/// <summary>A key to be trusted.</summary>
/// <param name="Name">The publisher, as its packages name it: lower-case letters, digits and hyphens.</param>
/// <param name="PublicKey">Its public key: SubjectPublicKeyInfo in PEM, on curve P-256.</param>
internal sealed record TrustPublisher(string Name, string PublicKey) : ICreation<Publisher>
{
    public Decision<Publisher> Decide(Moment at)
    {
        List<Problem> problems = [];
        if (!PluginManifest.IsId(Name)) problems.Add(new("/name", "publisher.name", "A publisher has 2 to 40 lower-case letters, digits and hyphens."));
        if (KeyIdOf(PublicKey) is not { } key) return Refusal.Invalid([.. problems, new("/publicKey", "publisher.key", "This is no public key in PEM on curve P-256. A private key must never be sent here.")]);
        return problems.Count > 0 ? Refusal.Invalid(problems) : Decision.Accept(new Publisher(Name, key, PublicKey.Trim(), null), "publisher.trusted");
    }

    private static string? KeyIdOf(string pem)
    {
        if (pem is not { Length: > 0 and <= 2_000 } || pem.Contains("PRIVATE", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? PluginSignature.KeyId(key) : null;
        }
        catch (Exception noKey) when (noKey is ArgumentException or CryptographicException) { return null; }
    }
}

/// <summary>Trusts a key no longer. Versions that it signed go on until they are replaced; no new one is taken.</summary>
internal sealed record RevokePublisher : ICommand<Publisher>
{
    public Decision<Publisher> Decide(Publisher publisher, Moment at) =>
        publisher.RevokedAt is not null ? Decision.Nothing(publisher) : Decision.Accept(publisher with { RevokedAt = at.Now }, "publisher.revoked");
}

/// <summary>A trusted key as the operator reads it.</summary>
/// <param name="Number">Assigned.</param>
/// <param name="Name">The publisher.</param>
/// <param name="KeyId">Names the key in signatures.</param>
/// <param name="PublicKey">PEM.</param>
/// <param name="RevokedAt">Since then it is not trusted; null = it is.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record PublisherView(long Number, string Name, string KeyId, string PublicKey, DateTimeOffset? RevokedAt, long Version)
{
    public static PublisherView Of(Row<Publisher> row) => new(row.Number, row.State.Name, row.State.KeyId, row.State.PublicKey, row.State.RevokedAt, row.Version);
}
