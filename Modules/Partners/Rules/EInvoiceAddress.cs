using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Crm.Partners;

/// <summary>
/// Peppol participant identifiers: a scheme (ISO 6523 ICD or EAS code) and the id inside it, stored as two values and exactly as the network wants them.
/// </summary>
internal static partial class EInvoiceAddress
{
    // OpenPeppol, "Participant identifier schemes" v9.7 (July 2026) without the removed ones, and the EAS list of Peppol BIS Billing 3.0,
    // which still has 0037, 0212, 0213 and 0215. Source: docs.peppol.eu, code lists.
    private static readonly FrozenSet<string> Schemes = """
        0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192
        0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0221 0225
        0230 0235 0240 0242 0244 0245 0246 0248 9909 9910 9912 9913 9914 9915 9916 9917 9918 9919 9920 9922 9923 9924 9925 9926
        9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950
        9951 9952 9953 9957 9959
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Null when the pair is a usable address or is empty (the partner takes no e-invoices); otherwise a sentence that names the cure.</summary>
    public static string? Problem(string? scheme, string? id)
    {
        if (string.IsNullOrWhiteSpace(scheme)) return string.IsNullOrWhiteSpace(id) ? null : "An e-invoice address needs a scheme, such as 0007 for Swedish organisation numbers or 0088 for GLN.";
        if (!Schemes.Contains(scheme)) return SchemeProblem(scheme);
        if (string.IsNullOrWhiteSpace(id)) return "An e-invoice address needs an id besides the scheme.";
        return scheme switch
        {
            "0007" => IsDigits(id, 10) && OrganisationNumber.SwedishProblem(id) is null
                ? null : "An id of scheme 0007 is a Swedish organisation number: ten digits without a hyphen, the last a check digit.",
            "0037" => OldOvt().IsMatch(id)
                ? null : "An id of scheme 0037 is a Finnish OVT code: 0037, the eight digits of the business ID, and at most five letters or digits. Use scheme 0216 for new ones.",
            "0088" => IsDigits(id, 13) && CheckDigit.Gs1(id)
                ? null : "An id of scheme 0088 is a GLN: 13 digits, the last a check digit.",
            "0184" => Cvr().IsMatch(id)
                ? null : "An id of scheme 0184 is a Danish CVR number: eight digits that do not start with 0.",
            "0192" => IsDigits(id, 9) && OrganisationNumber.NorwegianProblem(id) is null
                ? null : "An id of scheme 0192 is a Norwegian organisation number: nine digits without spaces, the last a check digit.",
            "0216" => Ovt().IsMatch(id)
                ? null : "An id of scheme 0216 is a Finnish OVT code: 0037, the eight digits of the business ID without a hyphen, and at most five capital letters or digits.",
            _ => Other().IsMatch(id)
                ? null : "An id has 1 to 50 letters (a to z), digits, or . - _ : / + ~ @, without spaces.",
        };
    }

    private static string SchemeProblem(string scheme) => scheme switch
    {
        "9902" => "Scheme 9902 has been removed from Peppol. Use 0184 with the CVR number.",
        "9904" => "Scheme 9904 has been removed from Peppol. Use 0198 with DK and the SE number.",
        "9908" => "Scheme 9908 has been removed from Peppol. Use 0192 with the same number.",
        "9955" => "Scheme 9955 has been removed from Peppol. Use 0007 with the organisation number.",
        _ => "The scheme is no Peppol scheme. Write its four digits, such as 0007 (SE), 0192 (NO), 0184 (DK), 0216 (FI) or 0088 (GLN).",
    };

    private static bool IsDigits(string id, int length) => id.Length == length && id.All(char.IsAsciiDigit);

    [GeneratedRegex(@"^(0037)?[0-9]{7}-?[0-9][0-9A-Z]{0,5}\z")]
    private static partial Regex OldOvt();

    // The code list says eight digits; the billing rule PEPPOL-COMMON-R042 wants DK before them. Both are in use.
    [GeneratedRegex(@"^(DK)?[1-9][0-9]{7}\z")]
    private static partial Regex Cvr();

    [GeneratedRegex(@"^0037[0-9]{8}[0-9A-Z]{0,5}\z")]
    private static partial Regex Ovt();

    [GeneratedRegex(@"^[0-9A-Za-z.\-_:/+~@]{1,50}\z")]
    private static partial Regex Other();
}
