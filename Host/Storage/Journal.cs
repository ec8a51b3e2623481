using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Host.Storage;

/// <summary>
/// One entry of a company's journal. It is the audit trail, the event feed, the undo log and the as-of source at once.
/// The hash covers the entry and the hash before it, so that no entry can be changed, dropped or put in later without it showing.
/// </summary>
internal sealed record JournalEntry(
    int Company, long Seq, DateTimeOffset At, string Caller, long? Operation, string Kind, long Number, long Version, string Fact, string Change, byte[] Hash)
{
    public static readonly byte[] FirstHash = new byte[32];

    /// <summary>The hash that an entry with these contents must have.</summary>
    public static byte[] HashOf(byte[] previous, int company, long seq, DateTimeOffset at, string caller, long? operation, string kind, long number, long version, string fact, string change)
    {
        // Lengths are part of what is hashed, so that no two different entries give the same bytes.
        var size = 32 + (6 * 8) + (4 * 4) + 1 + Encoding.UTF8.GetMaxByteCount(caller.Length + kind.Length + fact.Length + change.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var at0 = 0;
            previous.CopyTo(buffer.AsSpan());
            at0 += 32;
            Put(buffer, ref at0, company);
            Put(buffer, ref at0, seq);
            Put(buffer, ref at0, Micros.Of(at));
            Put(buffer, ref at0, number);
            Put(buffer, ref at0, version);
            buffer[at0++] = operation is null ? (byte)0 : (byte)1;
            Put(buffer, ref at0, operation ?? 0);
            Put(buffer, ref at0, caller);
            Put(buffer, ref at0, kind);
            Put(buffer, ref at0, fact);
            Put(buffer, ref at0, change);
            return SHA256.HashData(buffer.AsSpan(0, at0));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The entry's own hash, made anew from its contents.</summary>
    public byte[] Rehash(byte[] previous) => HashOf(previous, Company, Seq, At, Caller, Operation, Kind, Number, Version, Fact, Change);

    private static void Put(byte[] buffer, ref int at, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(at), value);
        at += 8;
    }

    private static void Put(byte[] buffer, ref int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + 4));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), length);
        at += 4 + length;
    }
}
