using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Registers;

/// <summary><c>/registers/answers</c> and <c>/registers/differences</c>: what registers have said of our partners, and what of that is another than ours.</summary>
internal static class AnswerEndpoints
{
    private const int MostCounted = 1_000;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/answers/{number:long}", GetAsync).Needs("partners:read").Documented("getRegisterAnswer", "What a register says of a partner", "As it was kept, with its source, when it was last said, and what the partner has otherwise now. 404 when no register was asked yet, or when the partner has another country or organisation number since.");
        group.MapPost("/answers/{number:long}", AskAsync).Needs("partners:write").Documented("askRegister", "Ask the register about a partner", "Asks now, as far as the register's terms allow (an answer that may be used again is), and keeps the answer. Nothing of the partner changes: a value is taken over by changing the partner.");
        group.MapPost("/answers/{number:long}/keep", LeaveAsync).Needs("partners:write").Documented("leaveOurs", "Leave what a register says otherwise", "The named fields stay as they are and are no differences any more, until the register says something else.");
        group.MapGet("/differences", ListAsync).Needs("partners:read").Documented("listRegisterDifferences", "What registers say otherwise", "Partners of which a register says something else than they have, or that have ceased, are in trouble or are unknown to it, by number. Found every night; what has been decided since is left out.");
    }

    private static async Task<Answer<RegisterAnswerView>> GetAsync([Description("The partner's number.")] long number, Call call, AnswerBook answers, IPartners partners, CancellationToken ct)
    {
        if (await OfAsync(number, call, partners, ct) is not { } facts) return Refusal.NotFound("partner");
        return await answers.FindAsync(call.Company, facts, ct) is { } kept ? RegisterAnswerView.Of(kept, facts) : Refusal.NotFound("registerAnswer");
    }

    private static async Task<Answer<RegisterAnswerView>> AskAsync([Description("The partner's number.")] long number, Body<RegisterQuestion> body, Call call, RegisterBook book, AnswerBook answers, IPartners partners, CancellationToken ct)
    {
        if (await OfAsync(number, call, partners, ct) is not { } facts) return Refusal.NotFound("partner");
        if (facts.OrganisationNumber is null) return Refusal.Conflict("register.organisationNumber.missing", "The partner has no organisation number, by which registers know companies.");
        var inUse = await book.ForAsync(call.Company, null, ct);
        if (body.Value.Plugin is { } wanted)
        {
            if ((inUse = [.. inUse.Where(r => r.Id == wanted)]).Count == 0) return Refusal.NotFound("register");
        }
        if (AnswerBook.RegisterOf(facts, await answers.FindAsync(call.Company, facts, ct), inUse) is not { } register) return Refusal.Conflict("register.country.unserved", "No register that is switched on serves the partner's country.");
        var isFilled = body.Value.Filled ?? false;
        // Somebody has wanted it a moment ago and it was charged for; it is not charged for again behind anybody's back.
        if (isFilled && register.Limits.Charged && await book.KnownAsync(call.Company, register, facts.Country, AnswerBook.AskedBy(facts), ct) is null) return Refusal.Conflict("register.charged", "The register charges for its answers, and this one is no longer here. Ask without filled.");
        var (failure, refusal, kept) = await answers.AskAsync(call, register, facts, isFilled, ct);
        return kept is not null ? RegisterAnswerView.Of(kept, facts) : refusal ?? RegisterBook.RefusalOf(failure!);
    }

    private static async Task<Answer<RegisterAnswerView>> LeaveAsync([Description("The partner's number.")] long number, Body<LeftFields> body, Call call, AnswerBook answers, IActors actors, IPartners partners, CancellationToken ct)
    {
        if (await OfAsync(number, call, partners, ct) is not { } facts) return Refusal.NotFound("partner");
        if (await answers.FindAsync(call.Company, facts, ct) is not { } kept) return Refusal.NotFound("registerAnswer");
        var reply = await actors.SendAsync(call, kept.Number, new LeaveOurs(body.Value.Fields ?? []), ct);
        if (reply.Refusal is { } refusal) return refusal;
        var after = kept with { Answer = reply.Row?.State ?? (await answers.FindAsync(call.Company, facts, ct))!.Answer };
        if (!call.DryRun) await answers.RecountAsync(call.Company, after, facts, ct);
        return RegisterAnswerView.Of(after, facts);
    }

    private static async Task<Answer<Page<RegisterAnswerView>>> ListAsync(
        [Description("Partners in one answer, 1 to 100; 25 unless given."), Range(1, 100)] int? limit, [Description("next of the answer before.")] string? cursor, Call call, AnswerBook answers, CancellationToken ct)
    {
        if (limit is < 1 or > 100) return Refusal.Malformed([new("/limit", "filter.value", "limit is 1 to 100.")]);
        var after = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return Refusal.Malformed("cursor.invalid", "This cursor is not of this list.");
        var (items, hasMore) = await answers.OpenAsync(call.Company, after, limit ?? 25, ct);
        var isAll = cursor is null && !hasMore;
        return new Page<RegisterAnswerView>([.. items.Select(i => RegisterAnswerView.Of(i.Kept, i.Partner))], hasMore ? items[^1].Partner.Number.ToString(CultureInfo.InvariantCulture) : null,
            isAll ? items.Count : await answers.CountAsync(call.Company, MostCounted, ct), isAll);
    }

    private static async Task<PartnerFacts?> OfAsync(long number, Call call, IPartners partners, CancellationToken ct) => (await partners.FactsAsync(call.Company, [number], ct)).SingleOrDefault();
}

/// <summary>How a register is asked about a partner.</summary>
internal sealed record RegisterQuestion
{
    /// <summary>The register; absent = the one that answered before, or the first of the partner's country.</summary>
    public string? Plugin { get; init; }

    /// <summary>True = the partner was made from the register's answer a moment ago: what differs was typed over on purpose and is no difference.</summary>
    public bool? Filled { get; init; }
}

/// <summary>Fields that stay as they are.</summary>
internal sealed record LeftFields
{
    /// <summary>As the differences and alarms name them.</summary>
    public IReadOnlyList<string>? Fields { get; init; }
}

/// <summary>What a register says of a partner.</summary>
/// <param name="Partner">The partner's number.</param>
/// <param name="Version">The partner's version, for If-Match when a value is taken over.</param>
/// <param name="Name">The partner's name.</param>
/// <param name="Country">The partner's country.</param>
/// <param name="OrganisationNumber">What the register was asked by.</param>
/// <param name="Plugin">The register.</param>
/// <param name="At">When it last said so.</param>
/// <param name="Company">What it says; null = it does not know the number.</param>
/// <param name="Differences">What the partner has otherwise, and nobody has decided yet.</param>
/// <param name="Alarms">That the company has ceased, is in trouble or is unknown, and nobody has noted it yet.</param>
internal sealed record RegisterAnswerView(long Partner, long Version, string Name, string Country, string OrganisationNumber, string Plugin, DateTimeOffset At, RegisterCompany? Company, IReadOnlyList<Difference> Differences, IReadOnlyList<Alarm> Alarms)
{
    public static RegisterAnswerView Of(Kept kept, PartnerFacts partner) =>
        new(partner.Number, partner.Version, partner.Name, partner.Country, kept.Answer.OrganisationNumber, kept.Answer.Plugin, kept.At, kept.Answer.Company, Crm.Registers.Differences.Between(kept.Answer, partner), Crm.Registers.Differences.Alarms(kept.Answer));
}
