namespace Crm.Tests.Partners;

/// <summary>Listed and well-known Nordic companies with the numbers they print on their reports.</summary>
internal static class NordicCompanies
{
    public static readonly (string Country, string Number)[] All =
    [
        ("SE", "556016-0680"), ("SE", "556012-5790"), ("SE", "556042-7220"), ("SE", "556014-2720"), ("SE", "556000-3468"), ("SE", "556007-3495"),
        ("SE", "556009-4178"), ("SE", "556542-0824"), ("SE", "556084-0976"), ("SE", "556325-5511"), ("SE", "556036-0793"),
        ("DK", "24256790"), ("DK", "22756214"), ("DK", "61056416"), ("DK", "10403782"), ("DK", "54562519"), ("DK", "69749917"),
        ("DK", "20165715"), ("DK", "31858356"), ("DK", "28504799"), ("DK", "36213728"),
        ("NO", "923609016"), ("NO", "982463718"), ("NO", "914778271"), ("NO", "910747711"), ("NO", "986228608"), ("NO", "984851006"),
        ("NO", "964118191"), ("NO", "943753709"),
        ("FI", "0112038-9"), ("FI", "1927400-1"), ("FI", "1852302-9"), ("FI", "1041090-0"), ("FI", "1463611-4"), ("FI", "1039050-8"),
        ("FI", "0128631-1"), ("FI", "0116297-6"),
    ];

    public static TheoryData<string, string> Data => new(All.Select(company => (company.Country, company.Number)));
}
