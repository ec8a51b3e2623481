using System.Collections.Frozen;

namespace Crm;

/// <summary>The countries a partner can be registered in.</summary>
public static class Countries
{
    // ISO 3166-1 as of 2026: 249 officially assigned codes. XK (Kosovo) and EU are user-assigned or reserved and left out on purpose.
    private static readonly FrozenSet<string> Codes = Set("""
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
        JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
        MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
        TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """);

    private static readonly FrozenSet<string> EuCodes =
        Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK");

    /// <summary>Whether the code is an officially assigned country code.</summary>
    /// <param name="code">Two upper-case letters; anything else is unknown. Source: iso.org, ISO 3166-1 alpha-2.</param>
    public static bool IsKnown(string code) => Codes.Contains(code);

    /// <summary>Whether the country is a member state of the European Union (27 since 2020).</summary>
    /// <param name="code">Two upper-case letters, GR for Greece. Source: european-union.europa.eu, "EU countries".</param>
    public static bool IsEu(string code) => EuCodes.Contains(code);

    private static FrozenSet<string> Set(string codes) =>
        codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
