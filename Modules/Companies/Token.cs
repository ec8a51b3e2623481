using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Companies;

/// <summary>
/// A secret that a caller carries: <c>crm_c1k5_&lt;secret&gt;</c> is key 5 of company 1, <c>inv_c1i7_&lt;secret&gt;</c> invitation 7. The number
/// makes looking it up cheap; the secret is 32 random bytes, so one SHA-256 without salt is enough to keep it.
/// </summary>
internal static class Token
{
    public const string Key = "crm_", Invitation = "inv_";

    /// <summary>32 bytes in base64url.</summary>
    private const int SecretLength = 43;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Text(string prefix, int company, char letter, long number, string secret) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}c{company}{letter}{number}_{secret}");

    /// <summary>What is stored of a secret: its SHA-256 in hexadecimal.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    /// <summary>Reads a token without believing it.</summary>
    public static bool TryRead(ReadOnlySpan<char> token, string prefix, char letter, out int company, out long number, out ReadOnlySpan<char> secret)
    {
        (company, number) = (0, 0);
        secret = default;
        if (token.Length > 100 || !token.StartsWith(prefix, StringComparison.Ordinal)) return false;
        token = token[prefix.Length..];
        int middle = token.IndexOf(letter), end = token.IndexOf('_');
        if (middle < 2 || end < middle || token[0] != 'c' || token.Length - end - 1 != SecretLength) return false;
        secret = token[(end + 1)..];
        return int.TryParse(token[1..middle], NumberStyles.None, CultureInfo.InvariantCulture, out company)
            && long.TryParse(token[(middle + 1)..end], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Compares a secret with a stored hash, in a time that tells nothing about either, without allocating.</summary>
    /// <param name="secret">As the caller wrote it; <see cref="TryRead"/> has checked its length.</param>
    /// <param name="hash">32 bytes.</param>
    public static bool Matches(ReadOnlySpan<char> secret, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[SecretLength];
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        return Encoding.ASCII.TryGetBytes(secret, bytes, out var length) && length == SecretLength
            && SHA256.HashData(bytes, computed) == computed.Length && CryptographicOperations.FixedTimeEquals(computed, hash);
    }
}
