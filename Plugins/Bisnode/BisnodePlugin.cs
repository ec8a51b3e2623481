namespace Crm.Plugins.Bisnode;

/// <summary>D&amp;B's Nordic business directory (formerly Bisnode): Swedish, Norwegian, Danish and Finnish companies.</summary>
public sealed class BisnodePlugin : IPlugin, ICompanyRegister
{
    private readonly Tokens _tokens = new();
    private readonly PaidBranches _paid = new();

    /// <inheritdoc />
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct)
    {
        // A token of before would hide that the secret has changed.
        _tokens.Forget(call);
        _ = await Api(call).PostAsync("companies", new() { Country = "SE", Name = "Aktiebolag", Limit = 0 }, BisnodeJson.Default.FoundCompanies, isFree: true, ct);
        return new() { IsHealthy = true, Detail = "D&B accepts the client." };
    }

    /// <inheritdoc />
    public async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        // Whoever types a number means that company, whether or not it still exists; a name means those that one can sell to.
        var number = NationalNumber.Of(query.Country, query.Text);
        var found = await Api(call).PostAsync("companies", new()
        {
            Country = query.Country, RegistrationNumber = number, Name = number is null ? query.Text : null, Limit = query.Limit, IncludeInactive = number is null ? null : true,
        }, BisnodeJson.Default.FoundCompanies, isFree: true, ct);
        return [.. (found?.Companies ?? []).Select(c => c.ToHit(query.Country)).OfType<RegisterHit>().Take(query.Limit)];
    }

    /// <inheritdoc />
    public async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        NationalNumber.Of(country, organisationNumber) is { } number && await BuyAsync(call, country, number, ct) is { } told ? told.ToCompany(country, number) : null;

    /// <inheritdoc />
    public async ValueTask<RegisterBranch[]> BranchesAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct)
    {
        // Finland's answers have no branches, so none are bought.
        if (country == "FI" || NationalNumber.Of(country, organisationNumber) is not { } number) return [];
        if (_paid.Take(call, country + number) is { } branches) return branches;
        return await BuyAsync(call, country, number, ct) is null ? [] : _paid.Take(call, country + number) ?? [];
    }

    /// <summary>Each of these is charged. The branches come with the company, and the CRM asks for them next: they wait for that.</summary>
    private async Task<CompanyInformation?> BuyAsync(IPluginCall call, string country, string number, CancellationToken ct)
    {
        var answer = await Api(call).PostAsync("companies/" + country.ToLowerInvariant(), new()
        {
            RegistrationNumber = number, Segments = ["COMPANY_INFORMATION"], Reference = call.Settings.Text("reference"),
            Language = country switch { "SE" => "SV", "NO" => "NO", "DK" => "DA", "FI" => "FI", _ => "EN" },
        }, BisnodeJson.Default.CompanyAnswer, isFree: false, ct);
        if (answer?.CompanyInformation is not { } told) return null;
        _paid.Keep(call, country + number, told.ToBranches(country));
        return told;
    }

    private BisnodeApi Api(IPluginCall call) => new(call, _tokens);
}
