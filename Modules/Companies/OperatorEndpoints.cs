using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Companies;

/// <summary>A company to be made.</summary>
/// <param name="Slug">Its name in the URL; fixed.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="BaseCurrency">ISO 4217, such as SEK.</param>
/// <param name="TimeZone">IANA name, such as Europe/Stockholm.</param>
/// <param name="Language">sv, da, en, nb or fi.</param>
/// <param name="Country">ISO 3166-1, such as SE.</param>
/// <param name="FiscalYearStart">Month, 1 to 12.</param>
/// <param name="Admin">The first administrator, who is invited.</param>
public sealed record NewCompany(string Slug, string Name, string BaseCurrency, string TimeZone, string Language, string Country, int FiscalYearStart = 1, NewAdmin? Admin = null);

/// <summary>A company's first administrator.</summary>
/// <param name="Email">How they sign in.</param>
/// <param name="Name">1 to 200 characters.</param>
public sealed record NewAdmin(string Email, string Name);

internal static class OperatorEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).Needs("operator:read").Documented("listCompanies", "All companies", "Every company of this server, by slug.");
        group.MapPost("", CreateAsync).Needs("operator:write").Creates<CompanyRowView>().Documented("createCompany", "Make a company",
            "Makes a company with its settings and invites its first administrator; the answer has the invitation's one-time token. If it was broken off half-way, repeating it goes on.");
        group.MapGet("/{slug}", GetAsync).Needs("operator:read").Documented("getCompany", "One company", "One company by its slug.");
        group.MapPatch("/{slug}", ChangeAsync).Needs("operator:write").Documented("changeCompany", "Change a company", "Changes its name, or makes it inactive: then nobody can reach it until it is active again.");
    }

    private static async Task<Answer<Page<CompanyRowView>>> ListAsync(CompaniesTables tables, CancellationToken ct)
    {
        var rows = await tables.CompaniesAsync(ct);
        return new Page<CompanyRowView>([.. rows.Select(CompanyRowView.Of)], null, rows.Count, true);
    }

    private static async Task<Answer<CompanyRowView>> GetAsync(string slug, CompaniesTables tables, Call call, IActors actors, CancellationToken ct) =>
        (await tables.CompanyAsync(slug, ct)).ToAnswer<CompanyRowView, Company>(Company.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<CompanyRowView>> ChangeAsync(string slug, Body<ChangeCompany> body, Call call, CompaniesTables tables, Access access, IActors actors, CancellationToken ct)
    {
        if (await tables.CompanyAsync(slug, ct) is not { } row) return Refusal.NotFound("company");
        var reply = await actors.SendAsync(call, row.Number, body.Value, ct);
        access.Forget(slug);
        return reply.ToAnswer<CompanyRowView, Company>(call, "companies");
    }

    private static async Task<Answer<CompanyRowView>> CreateAsync(Body<NewCompany> body, Call call, CompanyMaking making, CancellationToken ct) => await making.MakeAsync(call, body.Value, ct);
}

/// <summary>
/// Making a company takes several commits: the row, inactive; the profile; the administrator; active. Each can be done again, and nobody
/// reaches the company before the last.
/// </summary>
internal sealed class CompanyMaking(IActors actors, CompaniesTables tables, Access access, Invitations invitations)
{
    public async Task<Answer<CompanyRowView>> MakeAsync(Call call, NewCompany wanted, CancellationToken ct)
    {
        if (Problems(wanted) is { Count: > 0 } problems) return Refusal.Invalid(problems);
        var row = await tables.CompanyAsync(wanted.Slug, ct);
        // With an idempotency key this gives the first answer again, without one that the slug is taken.
        if (row is { State.Made: true }) return Answer(call, await actors.SendAsync(call, row.Number, new ActivateCompany(), ct), wanted.Slug, null);
        var plain = new Call(CompanyRef.System, call.Caller) { DryRun = call.DryRun };
        if (row is null)
        {
            var begun = await actors.CreateAsync(plain, new CreateCompany(wanted.Slug, wanted.Name), ct);
            if (begun.Refusal is { } taken) return taken;
            row = begun.Row!;
            if (call.DryRun) return Answer(call, begun, wanted.Slug, null);
        }
        var inside = new Call(new CompanyRef((int)row.Number, wanted.Slug), call.Caller);
        var setUp = await actors.SendAsync(inside, IActors.Settings, SetUp(wanted), ct);
        if (setUp.Refusal is { } no) return no;
        var (refusal, token) = wanted.Admin is { } admin ? await InviteAsync(inside, admin, ct) : default;
        if (refusal is not null) return refusal;
        var reply = await actors.SendAsync(call, row.Number, new ActivateCompany(), ct);
        access.Forget(wanted.Slug);
        return Answer(call, reply, wanted.Slug, token);
    }

    private async Task<(Refusal? Refusal, string? Token)> InviteAsync(Call inside, NewAdmin admin, CancellationToken ct)
    {
        var email = Members.Fold(admin.Email);
        var (refusal, user) = await invitations.UserAsync(inside, email, admin.Name, ct);
        if (refusal is not null) return (refusal, null);
        var added = await actors.SendAsync(inside, IActors.Settings, new AddMember($"u{user}", email, admin.Name, Role.Admin, null), ct);
        // A conflict: the try that was broken off had added them already.
        return added.Refusal is { Kind: not RefusalKind.Conflict } no ? (no, null) : await invitations.InviteAsync(inside, user, ct);
    }

    private static SetUpCompany SetUp(NewCompany wanted) => new(wanted.Name, wanted.BaseCurrency, wanted.TimeZone, wanted.Language, wanted.Country, wanted.FiscalYearStart);

    private static List<Problem> Problems(NewCompany wanted)
    {
        List<Problem> problems = Company.SlugProblem(wanted.Slug) is { } slug ? [slug] : [];
        var profile = new CompanyProfile
        {
            Name = wanted.Name, BaseCurrency = wanted.BaseCurrency, TimeZone = wanted.TimeZone, Language = wanted.Language, Country = wanted.Country, FiscalYearStart = wanted.FiscalYearStart,
        };
        problems.AddRange(Profile.Problems(profile));
        if (wanted.Admin is { } admin)
            problems.AddRange(Members.Problems(profile, Members.Fold(admin.Email), admin.Name, Role.Admin, null).Select(p => p with { Pointer = $"/admin{p.Pointer}" }));
        return problems;
    }

    private static Answer<CompanyRowView> Answer(Call call, Reply<Company> reply, string slug, string? token)
    {
        if (reply.Answer is CompanyRowView view) reply = reply with { Answer = view with { Invitation = token } };
        return reply.ToAnswer<CompanyRowView, Company>(call, "companies").Made(call, $"companies/{slug}");
    }
}
