using Crm.Contracts;

namespace Crm.Registers;

/// <summary>Asks the demo's registers about the partners that they know, as the first night would, so that there is something to decide at once.</summary>
internal sealed class RegisterDemo(RegisterBook book, AnswerBook answers, IPartners partners) : IDemoData
{
    public int Order => 10;

    public bool IsRepeated => true;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        var free = (await book.ForAsync(company.Company, null, ct)).Where(r => !r.Limits.Charged).ToArray();
        if (free.Length == 0) return;
        foreach (var partner in await partners.RegisteredAsync(company.Company, [], 0, 100, ct))
        {
            if (AnswerBook.RegisterOf(partner, null, free) is not { } register || await answers.FindAsync(company.Company, partner, ct) is not null) continue;
            // Without its stand-in a register does not answer; the demo goes on without.
            await answers.AskAsync(Call.System(company.Company), register, partner, isFilled: false, ct);
        }
    }
}
