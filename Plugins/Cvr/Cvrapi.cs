using System.Globalization;
using System.Text.Json;

namespace Crm.Plugins.Cvr;

/// <summary>cvrapi.dk: one company per question, for those who have no user at Virk.</summary>
internal sealed class Cvrapi(IPluginCall call) : ICvrSource
{
    private const string System = "cvrapi.dk";

    public async ValueTask<PluginHealth> TestAsync(CancellationToken ct)
    {
        _ = await AskAsync("vat", "10150817", ct);
        return new() { IsHealthy = true, Detail = "cvrapi.dk answers: one company per search, 50 look-ups a day without a token." };
    }

    public async ValueTask<RegisterHit[]> SearchAsync(RegisterQuery query, CancellationToken ct)
    {
        var company = CvrNumber.Of(query.Text) is { } number ? await AskAsync("vat", number, ct) : await AskAsync("name", query.Text, ct);
        return company?.ToHit() is { } hit ? [hit] : [];
    }

    public async ValueTask<RegisterCompany?> GetAsync(string number, CancellationToken ct) => (await AskAsync("vat", number, ct))?.ToCompany();

    public async ValueTask<RegisterBranch[]> BranchesAsync(string number, CancellationToken ct) => (await AskAsync("vat", number, ct))?.ToBranches() ?? [];

    public ValueTask<RegisterChanges> ChangesSinceAsync(string? cursor, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "cvrapi.dk does not tell what has changed; Virk's distribution does, with a user name and a password.");

    private async Task<CvrapiCompany?> AskAsync(string by, string value, CancellationToken ct)
    {
        var token = call.Settings.Text("cvrapiToken") is { } paid ? "&token=" + Uri.EscapeDataString(paid) : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{call.Settings.Address("cvrapiAddress").AbsoluteUri.TrimEnd('/')}?country=dk&version=6&format=json&{by}={Uri.EscapeDataString(value)}{token}"));
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent());
        using var response = await call.Http.SendAsync(request, ct);
        // The status says little here: a used-up quota comes with 200, an unknown company with 404. The body is asked first.
        CvrapiCompany? company = null;
        try { company = await Answers.ReadAsync(response, CvrJson.Default.CvrapiCompany, System, ct); }
        catch (PluginException) when (!response.IsSuccessStatusCode) { }
        if (company?.Error.OrNull() is { } error) return error == "NOT_FOUND" ? null : throw Refusal(error);
        Answers.Check(response, System);
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

/// <summary>A company as cvrapi.dk tells it, or an error. Production units have the same members.</summary>
internal sealed record CvrapiCompany
{
    public string? Error { get; init; }
    public string? Vat { get; init; }
    public string? Pno { get; init; }
    public bool? Main { get; init; }
    public string? Name { get; init; }
    public string? Address { get; init; }
    public string? Addressco { get; init; }
    public string? Zipcode { get; init; }
    public string? City { get; init; }
    public string? Cityname { get; init; }
    public bool? Protected { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Startdate { get; init; }
    public string? Enddate { get; init; }
    public string? Employees { get; init; }
    public string? Industrycode { get; init; }
    public string? Industrydesc { get; init; }
    public string? Companydesc { get; init; }
    public bool? Creditbankrupt { get; init; }
    public string? Creditstatus { get; init; }
    public CvrapiCompany[]? Productionunits { get; init; }

    public RegisterHit? ToHit() => Vat is null || Name.OrNull() is not { } name ? null : new() { OrganisationNumber = VirkMapping.Padded(Vat, 8), Name = name, City = City.OrNull(), LegalForm = Companydesc.OrNull(), CeasedOn = Date(Enddate) };

    public RegisterCompany? ToCompany()
    {
        if (Vat is null || Name.OrNull() is not { } name) return null;
        int? employees = Count();
        return new()
        {
            OrganisationNumber = VirkMapping.Padded(Vat, 8), Name = name, Country = "DK", LegalForm = Companydesc.OrNull(), Visiting = Place(), Industry = Industry(),
            Employees = employees, EmployeeRange = employees is null ? Employees.OrNull() : null, Phone = Phone.OrNull(), Email = Email.OrNull(), NoMarketing = Protected,
            RegisteredOn = Date(Startdate), CeasedOn = Date(Enddate), Trouble = Creditbankrupt is true ? Creditstatus.OrNull() ?? "Konkurs" : null,
        };
    }

    public RegisterBranch[] ToBranches() => [.. (Productionunits ?? []).Where(u => u.Enddate.OrNull() is null && u.Pno is not null && u.Name.OrNull() is not null).Take(500).Select(u => new RegisterBranch
    {
        Number = VirkMapping.Padded(u.Pno!, 10), Name = u.Name!.Trim(), Address = u.Place(), Industry = u.Industry(), Employees = u.Count(), Phone = u.Phone.OrNull(), Email = u.Email.OrNull(), IsMain = u.Main is true,
    })];

    private int? Count() => int.TryParse(Employees, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>It does not say which system its codes are of; their leading zeros are lost.</summary>
    private RegisterIndustry? Industry() => Industrycode.OrNull() is { } code ? new() { Code = VirkMapping.Padded(code, 6), Text = Industrydesc.OrNull() } : null;

    private PostalAddress? Place() => Answers.Join("\n", Address, Cityname) is var street && (street ?? Zipcode.OrNull() ?? City.OrNull()) is null ? null
        : new() { Street = street, CareOf = Addressco.OrNull(), PostCode = Zipcode.OrNull() is { } code ? VirkMapping.Padded(code, 4) : null, City = City.OrNull(), Country = "DK" };

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "d/M - yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
