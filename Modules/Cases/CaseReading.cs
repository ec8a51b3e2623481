using System.Text.Json;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>
/// Adds to views of cases what does not stand in them: the partners' names, the orders' numbers, what is overdue today, and what else the partner has.
/// Names come with the read, so that a renamed partner shows at once.
/// </summary>
internal sealed class CaseReading(IActors actors, IDatabase database, IPartners partners, IEnumerable<IOrders> orders, TimeProvider clock) : ICaseCounts
{
    private readonly IOrders? _orders = orders.FirstOrDefault();

    public async Task<Answer<Page<CaseView>>> ToAnswerAsync((Refusal? Refusal, Page<CaseView>? Page) result, CompanyRef company, CancellationToken ct) =>
        result.Refusal is { } refusal ? refusal : result.Page! with { Items = await FilledAsync(company, result.Page.Items, ct) };

    /// <summary>A command's answer.</summary>
    /// <param name="reply">What the actor said.</param>
    /// <param name="call">The request.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="partner">The case's partner, where it was read already.</param>
    public async Task<Answer<CaseView>> ToAnswerAsync(Reply<Case> reply, Call call, CancellationToken ct, PartnerBrief? partner = null)
    {
        if (reply.Replayed is { } stored)
        {
            // The first answer as it was stored, which has no names yet.
            var first = JsonSerializer.Deserialize<CaseView>(stored.Body.Span, Json.Wire)!;
            var named = (await FilledAsync(call.Company, [first], ct))[0] with { Overdue = first.Overdue };
            reply = reply with { Replayed = stored with { Body = JsonSerializer.SerializeToUtf8Bytes(named, Json.Wire) } };
        }
        else if (reply.Answer is CaseView view)
        {
            reply = reply with { Answer = (await FilledAsync(call.Company, [view], ct, partner))[0] };
        }
        return reply.ToAnswer<CaseView, Case>(call, "cases");
    }

    /// <summary>One case as it is read by itself.</summary>
    public async Task<CaseView> WholeAsync(CompanyRef company, Row<Case> row, CancellationToken ct)
    {
        var view = (await FilledAsync(company, [CaseView.Of(row, await actors.SettingsAsync(company, ct))], ct))[0];
        var others = await database.QueryAsync(company, "select count(*) from cases where company = @company and deleted = 0 and partner = @partner and number <> @number",
            [new("partner", row.State.Partner), new("number", row.Number)], r => r.GetInt64(0), ct);
        return view with { Related = new(others[0], _orders is null ? 0 : await _orders.CountOfPartnerAsync(company, row.State.Partner, ct)) };
    }

    public async Task<IReadOnlyDictionary<long, int>> OpenAsync(CompanyRef company, IReadOnlyCollection<long> partners, CancellationToken ct)
    {
        if (partners.Count == 0) return new Dictionary<long, int>();
        var rows = await database.QueryAsync(company,
            $"select partner, count(*) from cases where company = @company and deleted = 0 and {CaseTables.WorkedOn} and partner in ({string.Join(", ", partners.Select((_, i) => $"@n{i}"))}) group by partner",
            [.. partners.Select((n, i) => new Argument($"n{i}", n))], row => (Partner: row.GetInt64(0), Count: (int)row.GetInt64(1)), ct);
        return rows.ToDictionary(r => r.Partner, r => r.Count);
    }

    public async Task<IReadOnlyList<OpenCases>> OpenSumsAsync(CompanyRef company, CancellationToken ct) =>
        [.. (await CaseTotals.OpenAsync(company, database, ct)).Select(s => new OpenCases(s.Currency, s.Count, s.Value, s.Weighted))];

    private async Task<IReadOnlyList<CaseView>> FilledAsync(CompanyRef company, IReadOnlyList<CaseView> views, CancellationToken ct, PartnerBrief? known = null)
    {
        var today = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Today(clock.GetUtcNow());
        var names = known is not null && views.All(v => v.Partner.Number == known.Number) ? new Dictionary<long, string> { [known.Number] = known.Name }
            : await partners.NamesAsync(company, [.. views.Select(v => v.Partner.Number).Distinct()], ct);
        long[] converted = [.. views.Where(v => v.ConvertedAt is not null).Select(v => v.Number)];
        var numbers = _orders is null || converted.Length == 0 ? new Dictionary<long, long>() : await _orders.OfCasesAsync(company, converted, ct);
        return
        [
            .. views.Select(v => v with
            {
                Partner = v.Partner with { Name = names.GetValueOrDefault(v.Partner.Number) },
                Order = numbers.TryGetValue(v.Number, out var order) ? order : null,
                Overdue = OverdueView.Of(v.Closed, v.Status.Kind, v.FollowUp, v.ExpectedClose, today),
            }),
        ];
    }
}
