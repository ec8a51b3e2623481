using System.Text.RegularExpressions;

namespace Crm.Partners;

/// <summary>Organisation numbers per country of registration. Never throws; the stored form is accepted again unchanged.</summary>
internal static partial class OrganisationNumber
{
    private static readonly byte[] NorwegianWeights = [3, 2, 7, 6, 5, 4, 3, 2, 1];
    private static readonly byte[] DanishWeights = [2, 7, 6, 5, 4, 3, 2, 1];
    private static readonly byte[] FinnishWeights = [7, 9, 10, 5, 8, 4, 2, 1];

    public static NumberCheck Check(string country, string text) => country switch
    {
        "SE" => Swedish(WrittenNumber.Compact(text)),
        "NO" => Norwegian(WrittenNumber.Compact(text)),
        "DK" => Danish(WrittenNumber.Compact(text)),
        "FI" => Finnish(WrittenNumber.Compact(text)),
        _ => Foreign(text.Trim()),
    };

    /// <summary>The warning about a number that was accepted. Only a Danish check digit is a doubt; the others are refused, so that a read need not check them again.</summary>
    public static string? Doubt(string country, string accepted) => country == "DK" ? Check(country, accepted).Warning : null;

    /// <summary>
    /// Ten digits, Luhn. A legal person's third digit is at least 2, so that it never reads as a date (lag 1974:174; skatteverket.se, SKV 709);
    /// a sole trader has a personal or co-ordination number. In twelve digits 16 stands before a legal person, 18, 19 or 20 before a person.
    /// </summary>
    public static string? SwedishProblem(ReadOnlySpan<char> tenDigits)
    {
        if (!IsLegalPerson(tenDigits) && !StartsWithDate(tenDigits))
        {
            return "The third digit of a Swedish organisation number is at least 2; a sole trader's number starts with the date of birth. Check the first six digits.";
        }
        return CheckDigit.Luhn(tenDigits) ? null : "The check digit of the Swedish number is wrong. Compare all ten digits with the registration certificate.";
    }

    /// <summary>Nine digits, modulus 11 with weights 3 2 7 6 5 4 3 2. Source: brreg.no, "The organization number".</summary>
    public static string? NorwegianProblem(ReadOnlySpan<char> nineDigits) =>
        nineDigits[0] != '0' && CheckDigit.Modulus11(nineDigits, NorwegianWeights)
            ? null
            : "The check digit of the Norwegian number is wrong. Compare all nine digits with the register (brreg.no).";

    /// <summary>
    /// Modulus 11 with weights 2 7 6 5 4 3 2. Only a doubt: the register's page says that all numbers satisfy it (erhvervsstyrelsen.dk, "Modulus 11
    /// kontrol"), but the Peppol code list asks for the format alone (0184: [1-9][0-9]{7}), and a company must not be locked out by its number.
    /// </summary>
    public static string? DanishWarning(ReadOnlySpan<char> eightDigits) =>
        CheckDigit.Modulus11(eightDigits, DanishWeights) ? null : "The check digit of the Danish number does not fit. Compare all eight digits with the register (cvr.dk).";

    /// <summary>Seven digits and a check digit, modulus 11 with weights 7 9 10 5 8 4 2. Source: vero.fi and ytj.fi on the business ID and its check digit.</summary>
    public static string? FinnishProblem(ReadOnlySpan<char> eightDigits) =>
        eightDigits.ContainsAnyExcept('0') && CheckDigit.Modulus11(eightDigits, FinnishWeights)
            ? null
            : "The check digit of the Finnish business ID is wrong. Compare all eight digits with the register (ytj.fi).";

    private static NumberCheck Swedish(string compact)
    {
        if (SwedishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Swedish organisation number has ten digits, such as 556016-0680. Leave out everything else.");
        }
        var digits = match.Groups["date"].Value + match.Groups["serial"].Value;
        if (match.Groups["century"].Value is { Length: > 0 } century && (century == "16") != IsLegalPerson(digits))
        {
            return NumberCheck.Refuse("In twelve digits, 16 stands before a legal person's number and 19 or 20 before a personal number. Leave the first two digits out.");
        }
        return SwedishProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept($"{digits[..6]}-{digits[6..]}");
    }

    private static NumberCheck Norwegian(string compact)
    {
        if (NorwegianShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Norwegian organisation number has nine digits, such as 943 753 709. Leave out everything else.");
        }
        var digits = match.Groups["digits"].Value;
        return NorwegianProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept(digits);
    }

    private static NumberCheck Danish(string compact)
    {
        if (DanishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Danish CVR number has eight digits and does not start with 0, such as 28504799. Leave out everything else.");
        }
        var digits = match.Groups["digits"].Value;
        return NumberCheck.Accept(digits, DanishWarning(digits));
    }

    private static NumberCheck Finnish(string compact)
    {
        if (FinnishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Finnish business ID has seven digits, a hyphen and a check digit, such as 1927400-1. Leave out everything else.");
        }
        var digits = match.Groups["digits"].Value.PadLeft(8, '0'); // numbers from before 2001 had six digits and a check digit
        return FinnishProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept($"{digits[..7]}-{digits[7..]}");
    }

    private static NumberCheck Foreign(string trimmed) => WrittenNumber.IsPlausible(trimmed)
        ? NumberCheck.Accept(trimmed)
        : NumberCheck.Refuse("An organisation number has 1 to 40 letters, digits, spaces, dots, slashes or hyphens. Leave out everything else.");

    private static bool IsLegalPerson(ReadOnlySpan<char> tenDigits) => tenDigits[2] >= '2';

    private static bool StartsWithDate(ReadOnlySpan<char> tenDigits)
    {
        var month = (tenDigits[2] - '0') * 10 + tenDigits[3] - '0';
        var day = (tenDigits[4] - '0') * 10 + tenDigits[5] - '0';
        return month is >= 1 and <= 12 && day is (>= 1 and <= 31) or (>= 61 and <= 91); // a co-ordination number has 60 added to the day
    }

    // The plus sign takes the hyphen's place in the personal number of someone who has turned 100.
    [GeneratedRegex(@"^(SE)?(?<century>16|18|19|20)?(?<date>[0-9]{6})\+?(?<serial>[0-9]{4})\z")]
    private static partial Regex SwedishShape();

    [GeneratedRegex(@"^(NO)?(?<digits>[0-9]{9})(MVA)?\z")]
    private static partial Regex NorwegianShape();

    [GeneratedRegex(@"^(DK)?(?<digits>[1-9][0-9]{7})\z")]
    private static partial Regex DanishShape();

    [GeneratedRegex(@"^(FI)?(?<digits>[0-9]{7,8})\z")]
    private static partial Regex FinnishShape();
}
