using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>
/// Finds what has to be written where: looks at how partners and customers stand, and not at what happened to them, so that looking twice, or after a
/// restart, or after the rules have changed, comes to the same.
/// </summary>
internal sealed class Wanted(IActors actors, IDatabase database, IJournal journal, IPlugins plugins, IPartnerAccounting partners, Comparing comparing)
{
    private const int Together = 200, Entries = 5_000;
    private static readonly string[] Kinds = ["partner", LedgerCustomer.Entity.Kind];

    /// <summary>Looks through what has changed in a company since the last time, and through everything that a rule names after the rules have changed.</summary>
    /// <returns>True = there is more to look through at once.</returns>
    public async Task<bool> LookAsync(CompanyRef company, CancellationToken ct)
    {
        var rules = await actors.ReadAsync<PushSettings>(company, IActors.Settings, ct);
        if (rules is not { Version: > 0 }) return false;
        var mark = await MarkAsync(company, ct);
        if (mark.Rules != rules.Version)
        {
            // From here on the journal tells; what was before it is looked at now, page by page.
            if (mark.Rules != -rules.Version) mark = mark with { Rules = -rules.Version, After = 0, Seq = mark.Rules == 0 ? (await journal.ChangedAsync(company, Kinds, long.MaxValue - Entries, Entries, ct)).Upto : mark.Seq };
            var some = await NamedAsync(company, rules.State, mark.After, ct);
            await ConsiderAsync(company, rules.State, some, ct);
            await KeepAsync(company, some.Count == Together ? mark with { After = some[^1] } : mark with { Rules = rules.Version, After = 0 }, ct);
            return true;
        }
        var changed = await journal.ChangedAsync(company, Kinds, mark.Seq, Entries, ct);
        if (changed.Upto == mark.Seq) return false;
        var numbers = changed.Changed.Where(c => c.Kind == Kinds[0]).Select(c => c.Number).Concat(await OfCustomersAsync(company, [.. changed.Changed.Where(c => c.Kind == Kinds[1]).Select(c => c.Number)], ct));
        foreach (var some in numbers.Distinct().Chunk(Together)) await ConsiderAsync(company, rules.State, some, ct);
        await KeepAsync(company, mark with { Seq = changed.Upto }, ct);
        return !changed.IsEnd;
    }

    /// <summary>Looks at some partners.</summary>
    public async Task ConsiderAsync(CompanyRef company, PushSettings rules, IReadOnlyList<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return;
        var systems = (await plugins.InUseAsync(company, "accounting", ct)).Select(p => p.Id).ToArray();
        var customers = (await database.FindAsync<LedgerCustomer>(company, "accounting_customers", "partner", [.. numbers], ct)).Values.ToLookup(c => (c.State.Partner!.Value, c.State.Plugin));
        var pushes = (await PushesAsync(company, numbers, ct)).ToLookup(p => (p.State.Partner!.Value, p.State.Plugin));
        foreach (var partner in await partners.ReadAsync(company, numbers, ct))
        {
            foreach (var system in systems)
            {
                var (customer, push) = (customers[(partner.Number, system)].ToArray(), pushes[(partner.Number, system)].SingleOrDefault());
                await ConsiderAsync(company, rules, partner, system, customer.Length == 1 ? customer[0] : default, push, ct);
            }
        }
    }

    /// <summary>Asks for a partner to be written, whatever the rules say.</summary>
    public async Task<Reply<Push>> AskAsync(Call call, PartnerAccount partner, string system, PushRule? rule, CancellationToken ct)
    {
        var intent = $"{Guid.NewGuid():N}";
        if ((await PushesAsync(call.Company, [partner.Number], ct)).SingleOrDefault(p => p.State.Plugin == system) is { State: not null } there)
            return await actors.SendAsync(call, there.Number, new AskPushAgain(partner.External.ContainsKey(system) ? PushKind.Update : PushKind.Create, intent, rule?.Tag, rule?.Group), ct);
        return await actors.CreateAsync(call, new AskPush(new() { Plugin = system, Partner = partner.Number, Intent = intent, Kind = partner.External.ContainsKey(system) ? PushKind.Update : PushKind.Create, Rule = rule?.Tag, Group = rule?.Group }), ct);
    }

    private async Task ConsiderAsync(CompanyRef company, PushSettings rules, PartnerAccount partner, string system, (long Number, LedgerCustomer? State) customer, (long Number, Push? State) push, CancellationToken ct)
    {
        var call = Call.System(company);
        var rule = partner.IsDeleted ? null : rules.RuleFor(system, partner.Tags);
        if (rule is null && push.State is { Rule: not null, State: not (PushState.Done or PushState.Withdrawn) }) await SentAsync(actors.SendAsync(call, push.Number, new WithdrawPush(), ct));
        var toWrite = customer.State is not null && rules.Wins.Count > 0 && !partner.IsDeleted && await comparing.IsToWriteAsync(call, rules, partner, rule, (customer.Number, customer.State), ct);
        if (rule is null) return;
        var isThere = customer.State is not null || partner.External.ContainsKey(system);
        var isWanted = isThere ? toWrite : push.State switch
        {
            null or { State: PushState.Withdrawn } => true,
            { State: PushState.Refused or PushState.Review } => push.State.Written is null || Shared.New(partner, rule.Group) != push.State.Written,
            // It was there, and is not any more: somebody has taken the link away, and the CRM does not make it anew against that.
            _ => false,
        };
        if (isWanted) await SentAsync(AskAsync(call, partner, system, rule, ct));
    }

    /// <summary>The next partners that a rule names, and those whose fields are kept the same.</summary>
    private async Task<IReadOnlyList<long>> NamedAsync(CompanyRef company, PushSettings rules, long after, CancellationToken ct)
    {
        List<long> found = [];
        if (rules.Rules.Count > 0) found.AddRange(await partners.TaggedAsync(company, [.. rules.Rules.Select(r => r.Tag).Distinct()], after, Together, ct));
        found.AddRange(await database.QueryAsync(company, $"""
            select partner from accounting_customers where company = @company and partner > @after
            union select partner from accounting_pushes where company = @company and partner > @after and due_at is not null order by 1 limit {Together}
            """, [new("after", after)], row => row.GetInt64(0), ct));
        return [.. found.Distinct().Order().Take(Together)];
    }

    private async Task<IReadOnlyList<long>> OfCustomersAsync(CompanyRef company, IReadOnlyList<long> numbers, CancellationToken ct)
    {
        List<long> found = [];
        foreach (var some in numbers.Chunk(500))
        {
            found.AddRange(await database.QueryAsync(company, $"select partner from accounting_customers where company = @company and partner is not null and number in ({string.Join(", ", some.Select((_, i) => $"@n{i}"))})",
                [.. some.Select((n, i) => new Argument($"n{i}", n))], row => row.GetInt64(0), ct));
        }
        return found;
    }

    private async Task<IReadOnlyList<(long Number, Push State)>> PushesAsync(CompanyRef company, IReadOnlyList<long> numbers, CancellationToken ct) =>
        await database.QueryAsync(company, $"select number, doc from accounting_pushes where company = @company and partner in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})",
            [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => (row.GetInt64(0), System.Text.Json.JsonSerializer.Deserialize<Push>(row.GetString(1), Json.State)!), ct);

    private static async Task SentAsync<T>(Task<Reply<T>> sent) where T : class
    {
        // Anything else has been said or done in the meantime; the next look sees how it stands.
        if ((await sent).Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
    }

    private async Task<Mark> MarkAsync(CompanyRef company, CancellationToken ct) =>
        (await database.QueryAsync(company, "select seq, rules, after from accounting_marks where company = @company", [], row => new Mark(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct)).SingleOrDefault() ?? new(0, 0, 0);

    private Task<int> KeepAsync(CompanyRef company, Mark mark, CancellationToken ct) => database.ExecuteAsync(company,
        "insert into accounting_marks (company, seq, rules, after) values (@company, @seq, @rules, @after) on conflict (company) do update set seq = excluded.seq, rules = excluded.rules, after = excluded.after",
        [new("seq", mark.Seq), new("rules", mark.Rules), new("after", mark.After)], ct);

    /// <param name="Seq">Up to where the journal was looked through.</param>
    /// <param name="Rules">The version of the rules for which everything was looked through; negative = it is being.</param>
    /// <param name="After">The last partner of those that were.</param>
    private sealed record Mark(long Seq, long Rules, long After);
}
