using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Registers;

/// <summary>
/// One night of one register for one company: asks it of the partners that it knows, those first that were never asked or were asked longest ago, and of
/// those that it says have changed where it tells. Its answers are kept; no partner changes. Where it was is in the answers themselves, so a host that dies
/// loses nothing.
/// </summary>
internal sealed class NightReading(RegisterBook book, AnswerBook answers, IPartners partners, IActors actors, IDatabase database, TimeProvider clock)
{
    /// <summary>A claim, prolonged long before its end.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10);

    /// <summary>An answer of the same night is not asked for again.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(12);

    /// <summary>In a night, where the register has no limit a day.</summary>
    private const int UsualBudget = 5_000;
    private const int PartnersAtOnce = 500, QuestionsAReport = 50;

    /// <summary>Partners asked about in one night: half of what the register allows in a day at most, so that the day has the other half.</summary>
    public static int BudgetOf(PluginLimits limits, int companies) => limits.RequestsPerDay is { } daily ? daily / 2 / (limits.Shared ? Math.Max(1, companies) : 1) : UsualBudget;

    /// <summary>Reads, unless another host does or the night is over; answers how many questions it has asked.</summary>
    /// <param name="company">For whom.</param>
    /// <param name="register">Which one.</param>
    /// <param name="day">The night.</param>
    /// <param name="host">Who reads.</param>
    /// <param name="budget">Questions in the whole night.</param>
    /// <param name="isNight">False = stop, and go on in the next one.</param>
    /// <param name="ct">The host stops.</param>
    public async Task<int> ReadAsync(CompanyRef company, PluginManifest register, DateOnly day, string host, int budget, Func<bool> isNight, CancellationToken ct)
    {
        var call = Call.System(company);
        if (await TakeAsync(call, new TakeNight(register.Id, day, host, Claim), ct) is not { } night) return 0;
        var (asked, cursor, since) = (night.State.Asked, night.State.Cursor, clock.GetTimestamp());
        string? problem = null;

        async Task ReportAsync(bool isDue = true)
        {
            if (!isDue && clock.GetElapsedTime(since) < Claim / 3) return;
            if ((await actors.SendAsync(call, night.Number, new ReportNight(host, Claim, asked, cursor), ct)).Refusal is { } refusal) throw new ClaimLostException(refusal.Detail);
            since = clock.GetTimestamp();
        }

        try
        {
            var hasFeed = true;
            for (var more = true; more && isNight();)
            {
                var changes = await book.ChangesAsync(company, register, cursor, ct);
                if (changes.Failure is { } failure)
                {
                    hasFeed = false;
                    // A place that means nothing to the register any more: it is followed from now on, and all partners are read once.
                    more = failure.Kind == PluginErrorKind.Invalid && cursor is not null;
                    if (more) cursor = null;
                    else if (failure.Kind != PluginErrorKind.Unsupported) problem = failure.Detail;
                    continue;
                }
                await answers.ChangedAsync(company, changes.Value!.OrganisationNumbers, ct);
                // A feed that says there is more and does not move would be asked for ever.
                (cursor, more) = (changes.Value.Cursor, changes.Value.HasMore && changes.Value.Cursor != cursor);
                await ReportAsync();
            }
            foreach (var partner in problem is null ? await DueAsync(company, register, hasFeed, ct) : [])
            {
                if (asked >= budget || !isNight()) break;
                asked++;
                var (failure, refusal, _) = await answers.AskAsync(call, register, partner, isFilled: false, ct);
                // A number that the register finds wrong says nothing of the others; whatever else fails would fail for them too.
                if (refusal is not null || failure is { Kind: not PluginErrorKind.Invalid }) { problem = refusal?.Detail ?? failure!.Detail; break; }
                await ReportAsync(asked % QuestionsAReport == 0);
            }
            await actors.SendAsync(call, night.Number, new EndNight(host, asked, cursor, problem), ct);
        }
        catch (ClaimLostException) { /* Another host goes on. */ }
        return asked - night.State.Asked;
    }

    /// <summary>The last night of each register.</summary>
    public Task<List<RegisterNight>> LastAsync(CompanyRef company, CancellationToken ct) =>
        database.QueryAsync(company, "select doc from register_nights where company = @company order by number", [], row => JsonSerializer.Deserialize<RegisterNight>(row.GetString(0), Json.State)!, ct);

    /// <summary>Whom to ask about, in order. On the way all differences are counted again, because the partners may have changed.</summary>
    private async Task<IReadOnlyList<PartnerFacts>> DueAsync(CompanyRef company, PluginManifest register, bool hasFeed, CancellationToken ct)
    {
        var (inUse, now) = (await book.ForAsync(company, null, ct), clock.GetUtcNow());
        List<(DateTimeOffset At, PartnerFacts Partner)> due = [];
        for (var after = 0L; ;)
        {
            var some = await partners.RegisteredAsync(company, register.Countries, after, PartnersAtOnce, ct);
            var kept = await answers.FindAsync(company, [.. some.Select(p => p.Number)], ct);
            foreach (var partner in some)
            {
                var answer = kept.GetValueOrDefault(partner.Number);
                if (answer is not null) await answers.RecountAsync(company, answer, partner, ct);
                if (AnswerBook.RegisterOf(partner, answer, inUse)?.Id != register.Id) continue;
                if (answer is null || !answer.Answer.IsOf(partner)) due.Add((default, partner));
                else if (answer.IsDue || (!hasFeed && now - answer.At > Recent)) due.Add((answer.At, partner));
            }
            if (some.Count < PartnersAtOnce) break;
            after = some[^1].Number;
        }
        return [.. due.OrderBy(d => d.At).Select(d => d.Partner)];
    }

    private async Task<Row<RegisterNight>?> TakeAsync(Call call, TakeNight command, CancellationToken ct)
    {
        async Task<long?> NumberAsync() => await database.QueryAsync(call.Company, "select number from register_nights where company = @company and plugin = @plugin", [new("plugin", command.Plugin)], row => row.GetInt64(0), ct) is [var number] ? number : null;
        if (await NumberAsync() is { } known) return (await actors.SendAsync(call, known, command, ct)).Row;
        var made = await actors.CreateAsync(call, command, ct);
        return made.Refusal is null ? made.Row : await NumberAsync() is { } others ? (await actors.SendAsync(call, others, command, ct)).Row : null;
    }

    private sealed class ClaimLostException(string message) : Exception(message);
}
