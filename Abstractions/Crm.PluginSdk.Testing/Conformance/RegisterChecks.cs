namespace Crm.Plugins.Testing;

/// <summary>The contract of <see cref="ICompanyRegister"/>.</summary>
internal sealed class RegisterChecks(Session session, ICompanyRegister register, RegisterSamples samples, Findings findings)
{
    private const int MostBranches = 500;

    public IEnumerable<Operation> Operations =>
    [
        new(nameof(register.SearchAsync), gone => SearchAsync(samples.Text, 20, gone)),
        new(nameof(register.GetAsync), gone => GetAsync(samples.Number, gone)),
    ];

    public async Task RunAsync()
    {
        await HitsAsync("search", samples.Text, 20, hits => hits.Length == 0 ? $"found nothing for \"{samples.Text}\"" : null);
        await HitsAsync("search.number", samples.Number, 20, hits => hits.Any(h => h.OrganisationNumber == samples.Number) ? null : $"did not find {samples.Number} by its number");
        await HitsAsync("search.none", samples.UnknownText, 20, hits => hits.Length > 0 ? $"found {hits.Length} companies for \"{samples.UnknownText}\", which nobody is called" : null);
        await HitsAsync("search.short", samples.Text[..2], 20, _ => null);
        await HitsAsync("search.limit", samples.Text, 1, _ => null);
        Note("get", await GetAsync(samples.Number, null), Company);
        Note("get.unknown", await GetAsync(samples.UnknownNumber, null), value => value is null ? null : $"answered a company for {samples.UnknownNumber}, which the register does not know, instead of null");
        Note("branches", await BranchesAsync(samples.Number), Branches);
        Note("branches.unknown", await BranchesAsync(samples.UnknownNumber), value => value is RegisterBranch[] { Length: 0 } ? null : "answered something else than an empty array for an unknown number");
        var changes = await session.TryAsync(nameof(register.ChangesSinceAsync), (call, ct) => register.ChangesSinceAsync(call, null, ct));
        if (changes.Thrown?.Kind == PluginErrorKind.Unsupported) findings.Add("changes", null, "Says that the register has no feed.");
        else Note("changes", changes, value => value is RegisterChanges { Cursor.Length: > 0, OrganisationNumbers.Length: 0 } ? null : "answered something else than a cursor and no numbers to the first question");
    }

    private async Task HitsAsync(string name, string text, int limit, Func<RegisterHit[], string?> problem) => Note(name, await SearchAsync(text, limit, null), value => value switch
    {
        not RegisterHit[] => "answered null instead of an empty array",
        RegisterHit[] hits when hits.Length > limit => $"answered {hits.Length} hits where {limit} were wanted",
        RegisterHit[] hits when hits.Any(h => h is null || string.IsNullOrWhiteSpace(h.Name)) => "answered a hit without a name",
        RegisterHit[] hits when hits.FirstOrDefault(h => !IsNumber(h.OrganisationNumber)) is { } odd => $"answered the organisation number \"{odd.OrganisationNumber}\", which is not digits only",
        RegisterHit[] hits => problem(hits),
    });

    private string? Company(object? value) => value switch
    {
        null => $"does not know {samples.Number}",
        RegisterCompany { Name: var name } when string.IsNullOrWhiteSpace(name) => "answered a company without a name",
        RegisterCompany company when company.OrganisationNumber != samples.Number => $"answered {company.OrganisationNumber} when asked for {samples.Number}",
        RegisterCompany company when company.Country != samples.Country => $"answered a company in {company.Country} when asked for one in {samples.Country}",
        RegisterCompany company when Empty(company) is { } empty => $"answered an empty text as {empty}, where null says that the register does not tell",
        _ => null,
    };

    private static string? Branches(object? value) => value switch
    {
        RegisterBranch[] { Length: > MostBranches } many => $"answered {many.Length} branches, where up to {MostBranches} are taken",
        RegisterBranch[] branches when branches.Any(b => b is null || string.IsNullOrWhiteSpace(b.Name) || string.IsNullOrWhiteSpace(b.Number)) => "answered a branch without number or name",
        RegisterBranch[] => null,
        _ => "answered null instead of an empty array",
    };

    private static string? Empty(RegisterCompany company) => typeof(RegisterCompany).GetProperties().FirstOrDefault(p => p.GetValue(company) is string { Length: 0 })?.Name;

    private static bool IsNumber(string number) => number is { Length: > 0 } && number.All(c => char.IsAsciiDigit(c) || c == '-');

    private void Note(string name, Attempt attempt, Func<object?, string?> problem)
    {
        var found = attempt.Trouble ?? problem(attempt.Value);
        findings.Add(name, found is null ? null : $"It {found}.", "As the contract says.");
    }

    private Task<Attempt> SearchAsync(string text, int limit, TimeSpan? gone) =>
        session.TryAsync(nameof(register.SearchAsync), (call, ct) => register.SearchAsync(call, new() { Text = text, Country = samples.Country, Limit = limit }, ct), gone);

    private Task<Attempt> GetAsync(string number, TimeSpan? gone) => session.TryAsync(nameof(register.GetAsync), (call, ct) => register.GetAsync(call, samples.Country, number, ct), gone);

    private Task<Attempt> BranchesAsync(string number) => session.TryAsync(nameof(register.BranchesAsync), (call, ct) => register.BranchesAsync(call, samples.Country, number, ct));
}
