using System.Collections.Frozen;

namespace Crm;

/// <summary>The currencies an amount can be in.</summary>
public static class Currencies
{
    // ISO 4217 list one with amendments up to 180 (BGN left on 2026-01-01). Codes without a minor unit (gold, SDR, test codes) are no money here.
    private static readonly FrozenDictionary<string, int> Units = new (int MinorUnits, string Codes)[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
            CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
            KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
            NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
            TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    }
        .SelectMany(row => row.Codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), (row, code) => (code, row.MinorUnits))
        .ToFrozenDictionary(unit => unit.code, unit => unit.MinorUnits, StringComparer.Ordinal);

    /// <summary>Whether the code is an active currency with a minor unit.</summary>
    /// <param name="code">Three upper-case letters; anything else is unknown. Source: six-group.com, ISO 4217 list one.</param>
    public static bool IsKnown(string code) => Units.ContainsKey(code);

    /// <summary>The number of decimals an amount is rounded to: 2 for SEK, 0 for ISK and JPY, 3 for KWD.</summary>
    /// <param name="code">A known currency; the caller has asked <see cref="IsKnown"/>.</param>
    /// <exception cref="ArgumentException">The currency is unknown, so any rounding would be a guess.</exception>
    public static int MinorUnits(string code) =>
        Units.TryGetValue(code, out var units) ? units : throw new ArgumentException($"'{code}' is not an active ISO 4217 currency.", nameof(code));
}
