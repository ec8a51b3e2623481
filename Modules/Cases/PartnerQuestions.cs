namespace Crm.Cases;

/// <summary>What lists of partners can be asked about their cases.</summary>
internal static class PartnerQuestions
{
    public static ListAddition All { get; } = new("partner", "cases:read",
    [
        ListField.Question("openCases", _ => Any(CaseTables.WorkedOn)),
        ListField.Question("wonCases", _ => Any("kind = 'won'")),
    ]);

    // The words of the condition are those of an index, which answers both forms.
    private static ListTest Any(string condition) => new(
        $"exists (select 1 from cases where cases.company = @company and cases.partner = partners.number and cases.deleted = 0 and {condition})",
        $"select distinct partner as number from cases where company = @company and deleted = 0 and {condition}");
}
