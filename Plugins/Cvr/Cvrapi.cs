namespace Crm.Plugins.Cvr;

/// <summary>cvrapi.dk: one company per question, for those who have no user at Virk.</summary>
internal sealed class Cvrapi(IPluginCall call, RecentAnswers recent) : ICvrSource
{
    private const string System = "cvrapi.dk";

    public async ValueTask<PluginHealth> TestAsync(CancellationToken ct)
    {
        _ = await AskAsync("vat", "10150817", ct);
        return new() { IsHealthy = true, Detail = "cvrapi.dk answers: one company per search, 50 look-ups a day without a token." };
    }

    public async ValueTask<RegisterHit[]> SearchAsync(RegisterQuery query, CancellationToken ct)
    {
        var company = CvrNumber.Of(query.Text) is { } number ? await LookUpAsync(number, ct) : await AskAsync("name", query.Text, ct);
        return company?.ToHit() is { } hit ? [hit] : [];
    }

    public async ValueTask<RegisterCompany?> GetAsync(string number, CancellationToken ct) => (await LookUpAsync(number, ct))?.ToCompany();

    public async ValueTask<RegisterBranch[]> BranchesAsync(string number, CancellationToken ct) => (await LookUpAsync(number, ct))?.ToBranches() ?? [];

    public ValueTask<RegisterChanges> ChangesSinceAsync(string? cursor, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "cvrapi.dk does not tell what has changed; Virk's distribution does, with a user name and a password.");

    /// <summary>Whoever chooses a hit gets what it came with, company and units: one look-up of the quota instead of three.</summary>
    private async Task<CvrapiCompany?> LookUpAsync(string number, CancellationToken ct) => recent.Find(call, number) ?? await AskAsync("vat", number, ct);

    private async Task<CvrapiCompany?> AskAsync(string by, string value, CancellationToken ct)
    {
        var token = call.Settings.Text("cvrapiToken") is { } paid ? "&token=" + Uri.EscapeDataString(paid) : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{call.Settings.Address("cvrapiAddress").AbsoluteUri.TrimEnd('/')}?country=dk&version=6&format=json&{by}={Uri.EscapeDataString(value)}{token}"));
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent());
        using var response = await call.Http.SendAsync(request, ct);
        // The status says little here: a used-up quota comes with 200, an unknown company with 404. The body is asked first.
        CvrapiCompany? company = null;
        try { company = await HttpAnswers.ReadJsonAsync(response, CvrJson.Default.CvrapiCompany, System, ct); }
        catch (PluginException) when (!response.IsSuccessStatusCode) { }
        if (company?.Error.OrNull() is { } error) return error == "NOT_FOUND" ? null : throw Refusal(error);
        HttpAnswers.Check(response, System, call.Clock);
        if (company?.Vat is { } vat) recent.Keep(call, VirkMapping.Padded(vat, 8), company);
        return company;
    }

    private static PluginException Refusal(string error) => error switch
    {
        // When the day ends there is not known, so it is asked again by the hour; a refused question costs nothing.
        "QUOTA_EXCEEDED" => new(PluginErrorKind.RateLimited, "cvrapi.dk's quota is used up (50 look-ups a day and address without a token), or it does not like the sender's form. A user at Virk's distribution has no quota.") { RetryAfter = TimeSpan.FromHours(1) },
        "BANNED" => new(PluginErrorKind.Forbidden, "cvrapi.dk has banned this server's address or sender."),
        "INVALID_UA" => new(PluginErrorKind.NotConfigured, "cvrapi.dk does not accept the sender; its form is: company - project - contact and e-mail or telephone."),
        _ => new(PluginErrorKind.Unavailable, error.Length <= 40 && error.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? $"cvrapi.dk answered the error {error}." : "cvrapi.dk answered an error."),
    };

    private string UserAgent()
    {
        var sender = call.Settings.Text("cvrapiSender") ?? throw new PluginException(PluginErrorKind.NotConfigured, "Without a user at Virk's distribution, cvrapi.dk is asked, and it wants to know the sender: company - project - contact and e-mail or telephone.");
        return sender.All(char.IsAscii) && sender.Split(" - ", StringSplitOptions.RemoveEmptyEntries).Length >= 3
            ? sender : throw new PluginException(PluginErrorKind.NotConfigured, "The sender for cvrapi.dk has the form: company - project - contact and e-mail or telephone, without æ, ø and å.");
    }
}
