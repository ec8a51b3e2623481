using System.Text.RegularExpressions;

namespace Crm.Partners;

/// <summary>
/// VAT numbers per country of VAT registration. Never throws; the stored form is accepted again unchanged. A prefix that was left out is added.
/// Only the form is checked: whether a number is registered, VIES or the register says.
/// </summary>
internal static partial class VatNumber
{
    public static NumberCheck Check(string country, string text)
    {
        var compact = WrittenNumber.Compact(text);
        return country switch
        {
            "SE" => Swedish(compact),
            "NO" => Norwegian(compact),
            "DK" => Danish(compact),
            "FI" => Finnish(compact),
            _ => EuVatForm.Of(country) is { } form ? OfMemberState(form, compact) : Foreign(compact),
        };
    }

    /// <summary>The warning about a number that was accepted. Only a Danish check digit is a doubt; the others are refused, so that a read need not check them again.</summary>
    public static string? Doubt(string country, string accepted) => country == "DK" ? Check(country, accepted).Warning : null;

    /// <summary>SE, the organisation or personal number, and two digits that are nearly always 01. Source: skatteverket.se, "Momsregistreringsnummer".</summary>
    private static NumberCheck Swedish(string compact)
    {
        if (SwedishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Swedish VAT number is SE, the ten digits of the organisation number and 01, such as SE556016068001.");
        }
        var digits = match.Groups["digits"].Value;
        return OrganisationNumber.SwedishProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept($"SE{digits}{match.Groups["unit"].Value}");
    }

    /// <summary>The organisation number and MVA, kept without the prefix NO. Source: skatteetaten.no, "Merverdiavgift"; bokføringsforskriften § 5-1-2.</summary>
    private static NumberCheck Norwegian(string compact)
    {
        if (NorwegianShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Norwegian VAT number is the nine digits of the organisation number and MVA, such as 943 753 709 MVA. Leave the field empty if the company is not registered for VAT.");
        }
        var digits = match.Groups["digits"].Value;
        return OrganisationNumber.NorwegianProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept($"{digits}MVA");
    }

    /// <summary>DK and the CVR number, or an SE number of the same form. Source: skat.dk, "Momsnummer"; VIES.</summary>
    private static NumberCheck Danish(string compact)
    {
        if (DanishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Danish VAT number is DK and eight digits that do not start with 0, such as DK28504799.");
        }
        var digits = match.Groups["digits"].Value;
        return NumberCheck.Accept($"DK{digits}", OrganisationNumber.DanishWarning(digits));
    }

    /// <summary>FI and the business ID without its hyphen. Source: vero.fi, "VAT number".</summary>
    private static NumberCheck Finnish(string compact)
    {
        if (FinnishShape().Match(compact) is not { Success: true } match)
        {
            return NumberCheck.Refuse("A Finnish VAT number is FI and the eight digits of the business ID, such as FI19274001.");
        }
        var digits = match.Groups["digits"].Value;
        return OrganisationNumber.FinnishProblem(digits) is { } problem ? NumberCheck.Refuse(problem) : NumberCheck.Accept($"FI{digits}");
    }

    private static NumberCheck OfMemberState(EuVatForm form, string compact)
    {
        var number = compact.StartsWith(form.Prefix, StringComparison.Ordinal) ? compact : form.Prefix + compact;
        return form.Accepts(number.AsSpan(form.Prefix.Length)) ? NumberCheck.Accept(number) : NumberCheck.Refuse($"A VAT number of this country is {form.Prefix} and then {form.Words}.");
    }

    private static NumberCheck Foreign(string compact) => WrittenNumber.IsPlausible(compact)
        ? NumberCheck.Accept(compact)
        : NumberCheck.Refuse("A VAT number has 1 to 40 letters and digits. Leave out everything else.");

    [GeneratedRegex(@"^(SE)?(?<digits>[0-9]{10})(?<unit>0[1-9]|[1-9][0-9])\z")]
    private static partial Regex SwedishShape();

    [GeneratedRegex(@"^(NO)?(?<digits>[0-9]{9})MVA\z")]
    private static partial Regex NorwegianShape();

    [GeneratedRegex(@"^(DK)?(?<digits>[1-9][0-9]{7})\z")]
    private static partial Regex DanishShape();

    [GeneratedRegex(@"^(FI)?(?<digits>[0-9]{8})\z")]
    private static partial Regex FinnishShape();
}
