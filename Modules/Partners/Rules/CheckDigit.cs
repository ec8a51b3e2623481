namespace Crm.Partners;

/// <summary>The check-digit sums of the registers. All take ASCII digits with the check digit last.</summary>
internal static class CheckDigit
{
    /// <summary>Luhn (modulus 10): Swedish numbers. Source: skatteverket.se, SKV 704 "Personnummer"; SKV 709 "Organisationsnummer".</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = (digits[^(i + 1)] - '0') * (1 + i % 2);
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>Modulus 11: the weighted sum, check digit included with weight 1, is a multiple of 11. A check digit of 10 cannot be written, so such numbers fail.</summary>
    public static bool Modulus11(ReadOnlySpan<char> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }
        return sum % 11 == 0;
    }

    /// <summary>GS1 (modulus 10, weights 1 and 3): GLN. Source: gs1.org, "How to calculate a check digit manually".</summary>
    public static bool Gs1(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }
}
