namespace Crm.Plugins.Cvr;

/// <summary>The Danish register of companies: Virk's distribution for those who have been given a user there, cvrapi.dk for all others.</summary>
public sealed class CvrPlugin : IPlugin, ICompanyRegister
{
    private readonly RecentAnswers _recent = new();

    /// <inheritdoc />
    public ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) => Source(call).TestAsync(ct);

    /// <inheritdoc />
    public ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct) => Source(call).SearchAsync(query, ct);

    /// <inheritdoc />
    public async ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        CvrNumber.Of(organisationNumber) is { } number ? await Source(call).GetAsync(number, ct) : null;

    /// <inheritdoc />
    public async ValueTask<RegisterBranch[]> BranchesAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) =>
        CvrNumber.Of(organisationNumber) is { } number ? await Source(call).BranchesAsync(number, ct) : [];

    /// <inheritdoc />
    public ValueTask<RegisterChanges> ChangesSinceAsync(IPluginCall call, string? cursor, CancellationToken ct) => Source(call).ChangesSinceAsync(cursor, ct);

    private ICvrSource Source(IPluginCall call) => (call.Settings.Text("virkUser"), call.Settings.Text("virkPassword")) switch
    {
        ({ } user, { } password) => new Virk(call, user, password),
        (null, null) => new Cvrapi(call, _recent),
        _ => throw new PluginException(PluginErrorKind.NotConfigured, "Virk's distribution needs both a user name and a password; without both, cvrapi.dk is asked."),
    };
}

/// <summary>A way into the register. Numbers are eight digits by then.</summary>
internal interface ICvrSource
{
    ValueTask<PluginHealth> TestAsync(CancellationToken ct);
    ValueTask<RegisterHit[]> SearchAsync(RegisterQuery query, CancellationToken ct);
    ValueTask<RegisterCompany?> GetAsync(string number, CancellationToken ct);
    ValueTask<RegisterBranch[]> BranchesAsync(string number, CancellationToken ct);
    ValueTask<RegisterChanges> ChangesSinceAsync(string? cursor, CancellationToken ct);
}

/// <summary>CVR numbers as people write them.</summary>
internal static class CvrNumber
{
    /// <summary>Eight digits from any spelling, such as <c>DK 10 15 08 17</c>; null = it is no CVR number. Modulus 11 is left alone: not all systems' numbers hold to it.</summary>
    public static string? Of(string text)
    {
        var bare = string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var digits = bare.TrimStart([.. "DKCVRNR"]);
        return digits.Length == 8 && digits.All(char.IsAsciiDigit) && digits[0] != '0' ? digits : null;
    }
}
