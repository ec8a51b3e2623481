namespace Crm.Plugins.Ytj;

/// <summary>Finnish companies from the open data of the Finnish Patent and Registration Office (PRH) and the Business Information System (YTJ).</summary>
public sealed class YtjPlugin : IPlugin, ICompanyRegister
{
    /// <summary>Any company that stays: it only proves that the register answers.</summary>
    private const string Known = "0112038-9";

    /// <inheritdoc/>
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) =>
        await AskAsync(call, $"businessId={Known}", ct) is { TotalResults: > 0 } ? PluginHealth.Healthy : PluginHealth.Unhealthy($"The register answers, but does not know {Known}.");

    /// <inheritdoc/>
    public async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        var number = YtjReading.Number(query.Text);
        // One page has 100 companies in no told order, and there is no asking for fewer. What begins with the text comes first, what has ceased last.
        var page = await AskAsync(call, number is null ? $"name={Uri.EscapeDataString(query.Text)}" : $"businessId={number}", ct);
        var reading = Reading(call);
        return [.. (page?.Companies ?? []).Select(reading.Hit).OfType<RegisterHit>()
            .OrderBy(hit => hit.CeasedOn is not null).ThenBy(hit => !hit.Name.StartsWith(query.Text, StringComparison.OrdinalIgnoreCase)).Take(query.Limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        if (YtjReading.Number(organisationNumber) is not { } number) return null;
        var page = await AskAsync(call, $"businessId={number}", ct);
        return page?.Companies?.FirstOrDefault(c => c.BusinessId?.Value == number) is { } company ? Reading(call).Company(company, number) : null;
    }

    private static ValueTask<CompanyPage?> AskAsync(IPluginCall call, string query, CancellationToken ct) =>
        call.GetJsonAsync(new Uri(call.Settings.Address("address"), $"companies?{query}"), YtjJson.Default.CompanyPage, explain: null, ct);

    private static YtjReading Reading(IPluginCall call) => new(call.Settings.Text("language") ?? "fi");
}
