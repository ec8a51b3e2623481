using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Packages;

/// <summary>
/// <c>plugin.sig</c>: the SHA-256 of every other file, signed by the publisher with ECDSA P-256. The manifest is one of the files, so id, version and
/// limits are under the signature too.
/// </summary>
public sealed record PluginSignature
{
    /// <summary>Who signed; the same as in the manifest.</summary>
    public required string Publisher { get; init; }
    /// <summary>The key: <see cref="KeyId"/> of its public part.</summary>
    public required string Key { get; init; }
    /// <summary>SHA-256 in lower-case hexadecimal by path.</summary>
    public required SortedDictionary<string, string> Files { get; init; }
    /// <summary>Over <see cref="Signed"/>; IEEE P1363, base64.</summary>
    public required string Signature { get; init; }

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, AllowDuplicateProperties = false };

    /// <summary>The text that is signed: a line that says what this is, the publisher, then hash and path of each file in ordinal order.</summary>
    private byte[] Signed() => Encoding.UTF8.GetBytes($"crm-plugin 1\n{Publisher}\n" + string.Concat(Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value}  {f.Key}\n")));

    /// <summary>A short name for a public key: the first 16 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo.</summary>
    public static string KeyId(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
    }

    /// <summary>Signs a package; an older signature is replaced.</summary>
    /// <param name="package">What is signed.</param>
    /// <param name="key">The publisher's private key, on curve P-256.</param>
    public static PluginPackage Sign(PluginPackage package, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(key);
        var signature = new PluginSignature { Publisher = package.Manifest.Publisher, Key = KeyId(key), Files = HashesOf(package), Signature = "" };
        signature = signature with { Signature = Convert.ToBase64String(key.SignData(signature.Signed(), HashAlgorithmName.SHA256)) };
        return PluginPackage.Pack([.. package.Files.Where(f => f.Key != PluginPackage.SignatureFile), new(PluginPackage.SignatureFile, JsonSerializer.SerializeToUtf8Bytes(signature, Readable))]);
    }

    /// <summary>Checks that the package is exactly what a trusted publisher signed.</summary>
    /// <param name="package">What is checked.</param>
    /// <param name="trusted">The public key of a publisher by key id (PEM), or null when the operator does not trust it.</param>
    /// <returns>Who signed it; null = nobody.</returns>
    /// <exception cref="PackageException">It is signed, but wrongly, or by somebody who is not trusted.</exception>
    public static PluginSignature? Verify(PluginPackage package, Func<string, string, string?> trusted)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(trusted);
        if (!package.Files.TryGetValue(PluginPackage.SignatureFile, out var json)) return null;
        PluginSignature signature;
        try { signature = JsonSerializer.Deserialize<PluginSignature>(json, Readable) ?? throw new JsonException(); }
        catch (JsonException) { throw new PackageException("signature.unreadable", $"{PluginPackage.SignatureFile} cannot be read."); }
        if (signature.Publisher != package.Manifest.Publisher) throw new PackageException("signature.publisher", $"The package says it is from {package.Manifest.Publisher}, but {signature.Publisher} signed it.");
        if (trusted(signature.Publisher, signature.Key) is not { } pem) throw new PackageException("signature.untrusted", $"The key {signature.Key} of publisher {signature.Publisher} is not one that this server trusts.");
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var bytes = new byte[64];
        if (!Convert.TryFromBase64String(signature.Signature, bytes, out var length) || !key.VerifyData(signature.Signed(), bytes.AsSpan(0, length), HashAlgorithmName.SHA256))
            throw new PackageException("signature.wrong", $"The signature is not that of {signature.Publisher}.");
        var actual = HashesOf(package);
        if (actual.FirstOrDefault(f => !signature.Files.TryGetValue(f.Key, out var signed) || signed != f.Value).Key is { } altered)
            throw new PackageException("signature.altered", signature.Files.ContainsKey(altered) ? $"{altered} was altered after signing." : $"{altered} was added after signing.");
        return signature.Files.Keys.FirstOrDefault(f => !actual.ContainsKey(f)) is { } missing ? throw new PackageException("signature.altered", $"{missing} was taken out after signing.") : signature;
    }

    private static SortedDictionary<string, string> HashesOf(PluginPackage package) =>
        new(package.Files.Where(f => f.Key != PluginPackage.SignatureFile).ToDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value))), StringComparer.Ordinal);
}
