using System.Buffers;
using System.Text;

namespace Crm.Imports;

/// <summary>
/// Tells UTF-8 from Windows-1252. Letters such as å and ø in Windows-1252 practically never look like UTF-8, so a file with more sound sequences
/// than broken bytes is UTF-8 with some damage: its damaged rows are reported, instead of every å in it being misread without a word.
/// </summary>
internal struct Utf8Tally
{
    private long _sound, _broken;

    public readonly bool IsUtf8 => _broken == 0 || _sound > _broken;

    /// <returns>How many of the bytes at the end belong to a sequence that goes on in the next piece; 0 if this is the last.</returns>
    public int Add(ReadOnlySpan<byte> bytes, bool last)
    {
        while (true)
        {
            var skipped = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (skipped < 0) return 0;
            bytes = bytes[skipped..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == OperationStatus.NeedMoreData && !last) return bytes.Length;
            if (status == OperationStatus.Done) _sound++;
            else _broken++;
            bytes = bytes[length..];
        }
    }
}
