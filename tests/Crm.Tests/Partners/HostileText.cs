using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

/// <summary>Texts that come near to numbers, addresses and names, and texts that come near to nothing.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "16", "19", "55601606", "943753709", "28504799", "19274001", "01", "SE", "NO", "MVA", "DK", "FI", "EL", "fr",
        "-", " ", ".", "/", "+", "@", "a", "Å", "ä", "a\u030A", "\u0301", "\u00A0", "\u200E", "\uFFFE", "\uD800", "\uDC00", "😀", "𠀀", "ß", "İ", "٣", "\0", "\r\n", "中", "й",
    ];

    public static readonly Arbitrary<string> Countries = Gen.Elements("SE", "NO", "DK", "FI", "DE", "FR", "GR", "GB", "xx", "").ToArbitrary();

    public static readonly Arbitrary<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
        Gen.Elements(Pieces).ListOf().Select(string.Concat)).ToArbitrary();
}
