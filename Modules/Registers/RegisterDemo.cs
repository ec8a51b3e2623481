using Crm.Contracts;

namespace Crm.Registers;

/// <summary>Asks the demo's registers about the partners that they know, as the first night would, so that there is something to decide at once.</summary>
internal sealed class RegisterDemo(RegisterBook book, AnswerBook answers, IPartners partners) : IDemoData
{
    /// <summary>The last partners of each company are firms that these registers know; the others with a number are in the demo's books only.</summary>
    private const int Known = 3;

    public int Order => 10;

    public bool IsRepeated => true;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        var free = (await book.ForAsync(company.Company, null, ct)).Where(r => !r.Limits.Charged).ToArray();
        if (free.Length == 0) return;
        foreach (var partner in (await partners.RegisteredAsync(company.Company, [], 0, 100, ct)).TakeLast(Known))
        {
            if (AnswerBook.RegisterOf(partner, null, free) is not { } register || await answers.FindAsync(company.Company, partner, ct) is not null) continue;
            // Without its stand-in a register does not answer; the demo goes on without. Firms that are only in the demo's accounts stand in none: nobody has to decide about them.
            if ((await book.CompanyAsync(company.Company, register, partner.Country, AnswerBook.AskedBy(partner), ct)).Value?.Company is null) continue;
            await answers.AskAsync(Call.System(company.Company), register, partner, isFilled: false, ct);
        }
    }
}
