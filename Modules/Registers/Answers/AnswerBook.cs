using System.Data.Common;
using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Registers;

/// <summary>The answers that are kept, and how a new one is asked for. What it writes beside the journal only says where to look; what differs is always worked out anew.</summary>
internal sealed class AnswerBook(RegisterBook book, IPartners partners, IActors actors, IDatabase database, TimeProvider clock)
{
    /// <summary>Answers looked at in one go while a page of the list fills.</summary>
    private const int AtOnce = 200;

    private const string Columns = "number, doc, told_at, due, differences";

    /// <summary>The answer about a partner, if it is about what the partner is now.</summary>
    public async Task<Kept?> FindAsync(CompanyRef company, PartnerFacts partner, CancellationToken ct) =>
        (await FindAsync(company, [partner.Number], ct)).GetValueOrDefault(partner.Number) is { } kept && kept.Answer.IsOf(partner) ? kept : null;

    /// <summary>The answers about some partners, by their numbers, also those about what a partner was before.</summary>
    public async Task<IReadOnlyDictionary<long, Kept>> FindAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new Dictionary<long, Kept>();
        var rows = await database.QueryAsync(company, $"select {Columns} from register_answers where company = @company and partner in ({Names(numbers)})", Arguments(numbers), Read, ct);
        return rows.ToDictionary(k => k.Answer.Partner);
    }

    /// <summary>The register that answers for a partner: the one that did before, else the first of the country, one that is free if there is; null = there is none.</summary>
    public static PluginManifest? RegisterOf(PartnerFacts partner, Kept? kept, IReadOnlyList<PluginManifest> inUse)
    {
        var serving = inUse.Where(r => r.Countries.Length == 0 || r.Countries.Contains(partner.Country)).OrderBy(r => r.Limits.Charged).ToArray();
        return kept is not null && kept.Answer.IsOf(partner) && Array.Find(serving, r => r.Id == kept.Answer.Plugin) is { } before ? before : serving.FirstOrDefault();
    }

    /// <summary>The organisation number of a partner that has one, as registers are asked by it: digits, Finnish ones with their hyphen.</summary>
    public static string AskedBy(PartnerFacts partner) => partner.Country == "FI" ? partner.OrganisationNumber! : string.Concat(partner.OrganisationNumber!.Where(char.IsLetterOrDigit));

    /// <summary>Asks a register, and keeps what it says.</summary>
    /// <param name="call">Who wants to know.</param>
    /// <param name="register">Which one.</param>
    /// <param name="partner">Of whom; it has an organisation number.</param>
    /// <param name="isFilled">True = the partner was made from its answer a moment ago.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(PluginFailure? Failure, Refusal? Refusal, Kept? Kept)> AskAsync(Call call, PluginManifest register, PartnerFacts partner, bool isFilled, CancellationToken ct)
    {
        var told = await book.CompanyAsync(call.Company, register, partner.Country, AskedBy(partner), ct);
        // A number that the register has removed is one that it does not know any more.
        if (told.Failure is { Kind: not PluginErrorKind.NotFound } failure) return (failure, null, null);
        var at = Micros.Cut(told.Value?.At ?? clock.GetUtcNow());
        var (refusal, number, answer) = await KeepAsync(call, new(partner, register.Id, told.Value?.Company, at, isFilled), ct);
        if (refusal is not null) return (null, refusal, null);
        var kept = new Kept(number, answer!, at, false, Differences.Count(answer!, partner));
        if (!call.DryRun) await database.ExecuteAsync(call.Company, "update register_answers set told_at = @at, due = 0, differences = @differences where company = @company and partner = @partner",
            [new("at", Micros.Of(at)), new("differences", kept.Differences), new("partner", partner.Number)], ct);
        return (null, null, kept);
    }

    /// <summary>A page of partners for which a register says something that nobody has decided, by number.</summary>
    public async Task<(IReadOnlyList<(Kept Kept, PartnerFacts Partner)> Items, bool HasMore)> OpenAsync(CompanyRef company, long after, int most, CancellationToken ct)
    {
        List<(Kept, PartnerFacts)> found = [];
        while (true)
        {
            var some = await database.QueryAsync(company, $"select {Columns} from register_answers where company = @company and differences > 0 and partner > @after order by partner limit {AtOnce}", [new("after", after)], Read, ct);
            var facts = (await partners.FactsAsync(company, [.. some.Select(k => k.Answer.Partner)], ct)).ToDictionary(p => p.Number);
            foreach (var kept in some)
            {
                // Deleted since, or decided in another way: the count is the one of the last look.
                if (!facts.TryGetValue(kept.Answer.Partner, out var partner) || Differences.Count(kept.Answer, partner) == 0) continue;
                if (found.Count == most) return (found, true);
                found.Add((kept, partner));
            }
            if (some.Count < AtOnce) return (found, false);
            after = some[^1].Answer.Partner;
        }
    }

    /// <summary>How many partners had open differences when they were last counted, up to a bound.</summary>
    public async Task<long> CountAsync(CompanyRef company, int most, CancellationToken ct) =>
        (await database.QueryAsync(company, $"select count(*) from (select partner from register_answers where company = @company and differences > 0 limit {most}) few", [], row => row.GetInt64(0), ct))[0];

    /// <summary>Notes how many differences there are now, where that is another number than before.</summary>
    public async Task RecountAsync(CompanyRef company, Kept kept, PartnerFacts partner, CancellationToken ct)
    {
        var differences = (long)Differences.Count(kept.Answer, partner);
        if (differences != kept.Differences) await database.ExecuteAsync(company, "update register_answers set differences = @differences where company = @company and number = @number", [new("differences", differences), new("number", kept.Number)], ct);
    }

    /// <summary>Notes that a register has said of these numbers that something has changed.</summary>
    public async Task ChangedAsync(CompanyRef company, IReadOnlyCollection<string> organisationNumbers, CancellationToken ct)
    {
        foreach (var some in (await partners.WithOrganisationNumbersAsync(company, organisationNumbers, ct)).SelectMany(found => found).Distinct().Chunk(500))
            await database.ExecuteAsync(company, $"update register_answers set due = 1 where company = @company and partner in ({Names(some)})", Arguments(some), ct);
    }

    private async Task<(Refusal? Refusal, long Number, RegisterAnswer? Answer)> KeepAsync(Call call, KeepAnswer command, CancellationToken ct)
    {
        async Task<long?> NumberAsync() => (await FindAsync(call.Company, [command.Partner.Number], ct)).GetValueOrDefault(command.Partner.Number)?.Number;
        var number = await NumberAsync();
        var reply = number is null ? await actors.CreateAsync(call, command, ct) : await actors.SendAsync(call, number.Value, command, ct);
        // Somebody else has asked at the same moment.
        if (number is null && reply.Refusal?.Code == RegisterAnswer.Entity.Unique["partner"] && (number = await NumberAsync()) is not null) reply = await actors.SendAsync(call, number.Value, command, ct);
        if (reply.Refusal is { } refusal) return (refusal, 0, null);
        if (reply.Row is { } row) return (null, row.Number, row.State);
        // Carried out before, under the same idempotency key.
        return (null, reply.Replayed!.Number, (await actors.ReadAsync<RegisterAnswer>(call.Company, reply.Replayed.Number, ct))!.State);
    }

    /// <summary>Names instead of the numbers themselves: statements are kept by their text.</summary>
    private static string Names(IReadOnlyCollection<long> numbers) => string.Join(", ", numbers.Select((_, i) => $"@n{i}"));

    private static Argument[] Arguments(IReadOnlyCollection<long> numbers) => [.. numbers.Select((number, i) => new Argument($"n{i}", number))];

    private static Kept Read(DbDataReader row)
    {
        var answer = JsonSerializer.Deserialize<RegisterAnswer>(row.GetString(1), Json.State)!;
        return new(row.GetInt64(0), answer, row.IsDBNull(2) ? answer.At : Micros.ToInstant(row.GetInt64(2)), !row.IsDBNull(3) && row.GetInt64(3) == 1, row.IsDBNull(4) ? 0 : row.GetInt64(4));
    }
}

/// <summary>An answer that is kept.</summary>
/// <param name="Number">Its own number.</param>
/// <param name="Answer">What was said.</param>
/// <param name="At">When it was last said.</param>
/// <param name="IsDue">True = the register has told since that something has changed.</param>
/// <param name="Differences">How many there were when they were last counted.</param>
internal sealed record Kept(long Number, RegisterAnswer Answer, DateTimeOffset At, bool IsDue, long Differences);
