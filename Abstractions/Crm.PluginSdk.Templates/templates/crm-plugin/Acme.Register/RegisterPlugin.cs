using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Plugins;

namespace Acme.Register;

/// <summary>Looks companies up in the register. One object serves everybody at the same time, so it keeps nothing: all comes with the call.</summary>
public sealed class RegisterPlugin : IPlugin, ICompanyRegister
{
    /// <summary>Behind the button "Test connection": the cheapest question that proves the settings.</summary>
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct)
    {
        _ = await ListAsync(call, "test", 1, ct);
        return PluginHealth.Healthy;
    }

    /// <summary>While a person types: a part of a name, or a number in any spelling.</summary>
    public async ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct)
    {
        if (Number(query.Text) is { } number) return await CompanyAsync(call, number, ct) is { } company ? [Hit(company)] : [];
        var list = await ListAsync(call, query.Text, query.Limit, ct);
        return [.. (list.Items ?? []).Take(query.Limit).Select(Hit)];
    }

    /// <summary>All about one company; null = the register does not know the number.</summary>
    public async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        Number(organisationNumber) is { } number && await CompanyAsync(call, number, ct) is { } c
            ? new()
            {
                OrganisationNumber = c.Number, Name = c.Name, Country = country, Employees = c.Employees, Website = c.Website,
                Visiting = c.City is null ? null : new() { Street = c.Street, PostCode = c.PostCode, City = c.City, Country = country },
            }
            : null;

    private static RegisterHit Hit(Company company) => new() { OrganisationNumber = company.Number, Name = company.Name, City = company.City };

    private static async ValueTask<CompanyList> ListAsync(IPluginCall call, string name, int limit, CancellationToken ct) =>
        await AskAsync(call, $"companies?name={Uri.EscapeDataString(name)}&limit={limit}", RegisterJson.Default.CompanyList, ct)
            ?? throw new PluginException(PluginErrorKind.Unavailable, "The register has no list of companies at its address; check the settings.");

    private static ValueTask<Company?> CompanyAsync(IPluginCall call, string number, CancellationToken ct) => AskAsync(call, $"companies/{number}", RegisterJson.Default.Company, ct);

    private static async ValueTask<T?> AskAsync<T>(IPluginCall call, string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(call.Settings.Address("address"), path));
        if (call.Settings.Text("key") is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await call.SendJsonAsync(request, type, explain: null, ct);
    }

    /// <summary>The digits of a number such as <c>999 888 777</c>; null = the text is a name.</summary>
    private static string? Number(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-'))) is { Length: >= 8 and <= 10 } bare && bare.All(char.IsAsciiDigit) ? bare : null;
}

/// <summary>What the register answers, under its own names; what may be absent is nullable.</summary>
internal sealed record Company(string Number, string Name, string? Street, string? PostCode, string? City, int? Employees, string? Website);

internal sealed record CompanyList(Company[]? Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(LooseText)])]
[JsonSerializable(typeof(Company))]
[JsonSerializable(typeof(CompanyList))]
internal sealed partial class RegisterJson : JsonSerializerContext;
