using System.Text;
using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

public sealed class SortKeyTests
{
    [Theory]
    [InlineData("sv")]
    [InlineData("sv-SE")]
    [InlineData("fi")]
    [InlineData("FI_fi")]
    public void Swedish_and_Finnish_end_with_å_ä_ö(string language) => AssertOrder(language,
        "3M", "AB Volvo", "ABB", "Adam", "Beta", "Vega", "Wega", "Yra", "Zebra", "Åkers", "Årsta", "Ädel", "Ægir", "Ödåkra", "Ørsted", "Öx");

    [Theory]
    [InlineData("da")]
    [InlineData("nb")]
    [InlineData("nn-NO")]
    [InlineData("no")]
    public void Danish_and_Norwegian_end_with_æ_ø_å(string language) => AssertOrder(language,
        "3M", "Aalborg", "Adam", "Beta", "Zebra", "Ädel", "Ægir", "Æsop", "Ödåkra", "Ørsted", "Åkers", "Århus");

    [Theory]
    [InlineData("en")]
    [InlineData("de-DE")]
    [InlineData("")]
    public void Other_languages_fold_the_Nordic_letters(string language) => AssertOrder(language,
        "Aachen", "Ådal", "Ädel", "Aebi", "Ægir", "Afrika", "Odense", "Ökern", "Ørsted", "Oslo", "Zebra");

    [Theory]
    [InlineData("sv", "Åäö ÆØ Üé", "{|} |} ye")]
    [InlineData("da", "Åäö ÆØ Üé", "}{| {| ye")]
    [InlineData("en", "Åäö ÆØ Üé", "aao aeo ue")]
    [InlineData("sv", "Łódź Škoda Ñandú Çelik", "lodz skoda nandu celik")]
    [InlineData("da", "Ǻngström Ǿre Ǽre", "}ngstr|m |re {re")]
    [InlineData("sv", "Straße ÞÓR Đura Œuvre İzmir", "strasse thor dura }uvre izmir")]
    [InlineData("sv", "Nguyễn", "nguyen")]
    [InlineData("sv", "\u212Bngstr\u00F6m \u212Aelvin", "{ngstr}m kelvin")] // the signs for ångström and kelvin
    [InlineData("sv", "ХЛЕБ 中", "хлеб 中")]
    public void Accents_fold_to_the_plain_letter(string language, string name, string key) => Assert.Equal(key, SortKey.Of(name, language));

    [Theory]
    [InlineData("H & M Hennes & Mauritz AB", "h m hennes mauritz ab")]
    [InlineData("A.P. Moller - Maersk A/S", "ap moller maersk as")]
    [InlineData("UPM-Kymmene Oyj", "upm kymmene oyj")]
    [InlineData("  \"Kaffe\"\t(L'Oréal) ", "kaffe loreal")]
    [InlineData("٣ 12", "3 12")]
    [InlineData("Bar 😀", "bar")]
    [InlineData("!?-", "")]
    [InlineData("", "")]
    public void Signs_do_not_count_and_words_are_one_space_apart(string name, string key) => Assert.Equal(key, SortKey.Of(name, "sv"));

    [Theory]
    [InlineData("sv")]
    [InlineData("nb")]
    [InlineData("en")]
    public void Letters_written_as_two_characters_sort_as_one(string language)
    {
        Assert.Equal(SortKey.Of("Ång Äng Öng Éva Ürn", language), SortKey.Of("A\u030Ang A\u0308ng O\u0308ng E\u0301va U\u0308rn", language));
        Assert.Equal(SortKey.Of("Kőrös Fűz", language), SortKey.Of("Ko\u030Bro\u0308s Fu\u030Bz", language));
    }

    [Fact]
    public void Without_ICU_string_Normalize_gives_its_input_back_so_the_key_cannot_use_it()
    {
        Assert.True(AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant);
        Assert.Equal("é", "é".Normalize(NormalizationForm.FormD));
    }

    [Fact]
    public void Case_does_not_count() =>
        Prop.ForAll(Gen.Elements("abz 19åäöæøéüšłœđÿñ".ToCharArray()).ArrayOf().Select(letters => new string(letters)).ToArbitrary(), Gen.Elements("sv", "da", "en").ToArbitrary(),
            (name, language) => SortKey.Of(name.ToUpperInvariant(), language) == SortKey.Of(name, language)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_has_at_most_100_characters_and_is_the_start_of_the_key_without_a_limit()
    {
        Assert.Equal(new string('a', 100), SortKey.Of(new string('A', 300), "sv"));
        Assert.Equal(new string('a', 99) + "s", SortKey.Of(new string('A', 99) + "ßb", "sv"));
        Assert.Equal(new string('a', 99), SortKey.Of(new string('A', 99) + " b", "sv"));
    }

    [Fact]
    public void Every_key_is_sorted_alike_as_UTF_8_and_as_UTF_16() =>
        Prop.ForAll(HostileText.Texts, HostileText.Texts, Gen.Elements("sv", "da", "en", "").ToArbitrary(), (one, other, language) =>
        {
            var (a, b) = (SortKey.Of(one, language), SortKey.Of(other, language));
            return a.Length <= SortKey.MaxLength && !a.Any(char.IsSurrogate)
                && Math.Sign(string.CompareOrdinal(a, b)) == Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
        }).QuickCheckThrowOnFailure();

    private static void AssertOrder(string language, params string[] names)
    {
        // Backwards first, so that equal keys would show as a wrong order.
        var sorted = names.Reverse().OrderBy(name => SortKey.Of(name, language), StringComparer.Ordinal);

        Assert.Equal(names, sorted);
    }
}
