using System.Globalization;
using System.Text.Json;

namespace Crm.Plugins.Bizweb;

/// <summary>Norwegian companies and their places of business from Enhetsregisteret, the register of the Brønnøysund Register Centre.</summary>
public sealed class BizwebPlugin : IPlugin, ICompanyRegister
{
    private const int BranchesAPage = 100, MostBranches = 500;
    /// <summary>Of each of the two feeds; together no more than the contract allows.</summary>
    private const int ChangesAPage = 5_000;

    /// <inheritdoc/>
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) =>
        await ListAsync(call, "enheter?size=1", ct) is { Page.TotalElements: > 0 and var units }
            ? new() { IsHealthy = true, Detail = $"The register answers; it has {units} units." } : PluginHealth.Unhealthy("The register answers, but has no units.");

    /// <inheritdoc/>
    public async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        if (BizwebReading.Number(query.Text) is { } number) return await ByNumberAsync(call, number, ct);
        var method = call.Settings.Flag("matchAsTyped") ? "&navnMetodeForSoek=FORTLOEPENDE" : "";
        var page = await ListAsync(call, $"enheter?navn={Uri.EscapeDataString(query.Text)}&size={query.Limit}{method}", ct);
        return [.. (page.Innhold?.Enheter ?? []).Select(BizwebReading.Hit).OfType<RegisterHit>().Take(query.Limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        if (BizwebReading.Number(organisationNumber) is not { } number) return null;
        if (await UnitAsync(call, "enheter", number, ct) is { } unit) return BizwebReading.Company(unit, number, isSubUnit: false);
        return await UnitAsync(call, "underenheter", number, ct) is { } subUnit ? BizwebReading.Company(subUnit, number, isSubUnit: true) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<RegisterBranch[]> BranchesAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        if (BizwebReading.Number(organisationNumber) is not { } number) return [];
        var branches = new List<RegisterBranch>();
        for (var page = 0; branches.Count < MostBranches; page++)
        {
            var list = await ListAsync(call, $"underenheter?overordnetEnhet={number}&size={BranchesAPage}&page={page}", ct);
            branches.AddRange((list.Innhold?.Underenheter ?? []).Where(u => !BizwebReading.HasCeased(u)).Select(BizwebReading.Branch).OfType<RegisterBranch>());
            if (page + 1 >= (list.Page?.TotalPages ?? 0)) break;
        }
        return [.. branches.Take(MostBranches)];
    }

    /// <inheritdoc/>
    public async ValueTask<RegisterChanges> ChangesSinceAsync(IPluginCall call, string? cursor, CancellationToken ct)
    {
        // The feed is entered by a time, then followed by its own numbers. An hour early: the register's clock is not ours, and a change twice does no harm.
        if (cursor is null)
        {
            var now = call.Clock.GetUtcNow().AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            return new() { OrganisationNumbers = [], Cursor = $"{now};{now}", HasMore = false };
        }
        if (cursor.Split(';') is not [var units, var subUnits]) throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");
        var (unitsChanged, nextUnits, moreUnits) = await FeedAsync(call, "enheter", units, ct);
        var (subUnitsChanged, nextSubUnits, moreSubUnits) = await FeedAsync(call, "underenheter", subUnits, ct);
        return new() { OrganisationNumbers = [.. unitsChanged, .. subUnitsChanged], Cursor = $"{nextUnits};{nextSubUnits}", HasMore = moreUnits || moreSubUnits };
    }

    private static async ValueTask<(IEnumerable<string> Numbers, string Next, bool HasMore)> FeedAsync(IPluginCall call, string feed, string from, CancellationToken ct)
    {
        var parameter = from.All(char.IsAsciiDigit) ? "oppdateringsid" : "dato";
        var list = await ListAsync(call, $"oppdateringer/{feed}?{parameter}={Uri.EscapeDataString(from)}&size={ChangesAPage}", ct);
        var changes = list.Innhold?.OppdaterteEnheter ?? list.Innhold?.OppdaterteUnderenheter ?? [];
        var next = changes.Length == 0 ? from : (changes.Max(c => c.Oppdateringsid) + 1).ToString(CultureInfo.InvariantCulture);
        return (changes.Select(c => c.Organisasjonsnummer).OfType<string>(), next, list.Page?.TotalElements > changes.Length);
    }

    /// <summary>A number that was typed; one that the register has removed is as unknown as any other.</summary>
    private static async ValueTask<RegisterHit[]> ByNumberAsync(IPluginCall call, string number, CancellationToken ct)
    {
        try
        {
            var unit = await UnitAsync(call, "enheter", number, ct) ?? await UnitAsync(call, "underenheter", number, ct);
            return unit is not null && BizwebReading.Hit(unit) is { } hit ? [hit] : [];
        }
        catch (PluginException removed) when (removed.Kind == PluginErrorKind.NotFound) { return []; }
    }

    private static ValueTask<Enhet?> UnitAsync(IPluginCall call, string register, string number, CancellationToken ct) =>
        call.GetJsonAsync(Address(call, $"{register}/{number}"), BizwebJson.Default.Enhet, Explain, ct);

    private static ValueTask<Liste> ListAsync(IPluginCall call, string path, CancellationToken ct) =>
        call.RequireJsonAsync(Address(call, path), BizwebJson.Default.Liste, Explain, ct);

    private static Uri Address(IPluginCall call, string path) => new(call.Settings.Address("address"), path);

    private static string? Explain(string body) => JsonSerializer.Deserialize(body, BizwebJson.Default.Feil) is { } error
        ? error.ValidationErrors?.Select(e => e.ErrorMessage).OfType<string>().FirstOrDefault() ?? error.Error : null;
}
