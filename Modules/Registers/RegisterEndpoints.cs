using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Registers;

/// <summary><c>/registers</c>: which there are, hits while typing, and one company.</summary>
internal static class RegisterEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).Needs("partners:read").Documented("listRegisters", "Registers in use", "Those that this company has switched on, and the countries that they serve. A country without one has no magnifier.");
        group.MapGet("/lookup", LookupAsync).Needs("partners:read").Documented("lookupCompany", "Search the registers", "Hits of all registers of a country for a name or a number, best first. A register that cannot be asked is named with the reason, and the others' hits are answered.");
        group.MapGet("/{plugin}/{organisationNumber}", GetAsync).Needs("partners:read").Documented("getRegisterCompany", "One company of a register", "All that the register tells, with the places of business under the company.");
    }

    private static async Task<Answer<Page<RegisterView>>> ListAsync(Call call, RegisterBook book, NightReading reading, CancellationToken ct)
    {
        var (registers, nights) = (await book.ForAsync(call.Company, null, ct), await reading.LastAsync(call.Company, ct));
        return new Page<RegisterView>([.. registers.Select(r => RegisterView.Of(r, nights.FirstOrDefault(n => n.Plugin == r.Id)))], null, registers.Count, true);
    }

    private static async Task<Answer<LookupView>> LookupAsync(
        [Description("ISO 3166-1, such as NO."), Required] string country, [Description("A part of a name, or an organisation number; at least 2 characters."), Required, StringLength(200)] string q, Call call, RegisterBook book, CancellationToken ct)
    {
        var text = string.Join(' ', q.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        List<Problem> problems = [];
        if (!Countries.IsKnown(country)) problems.Add(new("/country", "country.unknown", "A country is two capital letters, such as NO."));
        if (text.Length is < 2 or > 200) problems.Add(new("/q", "register.query", "Write 2 to 200 characters."));
        if (problems.Count > 0) return Refusal.Malformed(problems);
        var registers = await book.ForAsync(call.Company, country, ct);
        var answers = await Task.WhenAll(registers.Select(register => book.SearchAsync(call.Company, register, new() { Text = text, Country = country }, ct)));
        var hits = registers.Zip(answers).Where(a => a.Second.Failure is null).SelectMany(a => a.Second.Value!.Select(hit => new HitView(a.First.Id, country, hit.OrganisationNumber, hit.Name, hit.City, hit.LegalForm, hit.CeasedOn, hit.Trouble)));
        return new LookupView([.. hits.DistinctBy(h => h.OrganisationNumber)], [.. registers.Zip(answers).Select(a => AskedView.Of(a.First, a.Second.Failure))]);
    }

    private static async Task<Answer<RegisterCompanyView>> GetAsync(string plugin, string organisationNumber, [Description("ISO 3166-1; needed where the register serves several countries.")] string? country, Call call, RegisterBook book, CancellationToken ct)
    {
        if ((await book.ForAsync(call.Company, null, ct)).FirstOrDefault(r => r.Id == plugin) is not { } register) return Refusal.NotFound("register");
        var place = country ?? (register.Countries is [var only] ? only : null);
        if (place is null || (register.Countries.Length > 0 && !register.Countries.Contains(place))) return Refusal.Malformed([new("/country", "country.unknown", $"Name one of the countries of this register: {string.Join(", ", register.Countries)}.")]);
        var answer = await book.GetAsync(call.Company, register, place, organisationNumber, ct);
        if (answer.Failure is { } failure) return RegisterBook.RefusalOf(failure);
        return answer.Value!.Company is { } found ? new RegisterCompanyView(plugin, answer.Value.At, found, answer.Value.Branches, answer.Value.BranchesFailure?.Detail) : new Refusal(RefusalKind.NotFound, "registerCompany.notFound", "The register does not know this number.");
    }
}

/// <summary>A register in use.</summary>
/// <param name="Plugin">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Countries">The countries that it serves; empty = all.</param>
/// <param name="Names">Its name by language.</param>
/// <param name="Charged">True = what is fetched from it costs money, so it is asked only when somebody wants it.</param>
/// <param name="Night">When it was last read at night; null = never.</param>
internal sealed record RegisterView(string Plugin, string Version, IReadOnlyList<string> Countries, IReadOnlyDictionary<string, string> Names, bool Charged, NightView? Night)
{
    public static RegisterView Of(PluginManifest manifest, RegisterNight? night) =>
        new(manifest.Id, manifest.Version, manifest.Countries, manifest.Texts.ToDictionary(t => t.Key, t => t.Value.Name), manifest.Limits.Charged, night is null ? null : new(night.Day, night.Problem));
}

/// <summary>A night in which a register was read.</summary>
/// <param name="Day">The company's day on whose night it was.</param>
/// <param name="Problem">Why it ended early, for an administrator; null = it did not.</param>
internal sealed record NightView(DateOnly Day, string? Problem);

/// <summary>What the registers found.</summary>
/// <param name="Items">Hits, best first; one company once.</param>
/// <param name="Asked">The registers that were asked, and why one gave no answer.</param>
internal sealed record LookupView(IReadOnlyList<HitView> Items, IReadOnlyList<AskedView> Asked);

/// <summary>A company to choose.</summary>
/// <param name="Plugin">The register that knows it.</param>
/// <param name="Country">Where it is registered.</param>
/// <param name="OrganisationNumber">As it is stored.</param>
/// <param name="Name">Its registered name.</param>
/// <param name="City">Where it is; null = the register does not tell in a list.</param>
/// <param name="LegalForm">In the register's words; null = not told.</param>
/// <param name="CeasedOn">When it ceased; null = it has not, as far as the list tells.</param>
/// <param name="Trouble">Bankruptcy, an end without a day and the like in the register's words; null = nothing of the kind is told in a list.</param>
internal sealed record HitView(string Plugin, string Country, string OrganisationNumber, string Name, string? City, string? LegalForm, DateOnly? CeasedOn, string? Trouble);

/// <summary>A register that was asked.</summary>
/// <param name="Plugin">Its id.</param>
/// <param name="Names">Its name by language.</param>
/// <param name="Problem">Why it gave no answer, such as unavailable, rateLimited, notConfigured or unauthorized; null = it did.</param>
/// <param name="Detail">A sentence for an administrator; null = it answered.</param>
internal sealed record AskedView(string Plugin, IReadOnlyDictionary<string, string> Names, string? Problem, string? Detail)
{
    public static AskedView Of(PluginManifest manifest, PluginFailure? failure) => new(manifest.Id, manifest.Texts.ToDictionary(t => t.Key, t => t.Value.Name), failure?.Code, failure?.Detail);
}

/// <summary>One company of a register.</summary>
/// <param name="Plugin">The register.</param>
/// <param name="At">When it said so.</param>
/// <param name="Company">What it tells.</param>
/// <param name="Branches">The places of business under it.</param>
/// <param name="BranchesProblem">Why the places are not known; null = they are.</param>
internal sealed record RegisterCompanyView(string Plugin, DateTimeOffset At, RegisterCompany Company, IReadOnlyList<RegisterBranch> Branches, string? BranchesProblem);
