using Crm.Contracts;

namespace Crm.Cases;

/// <summary>Made-up cases for the demo companies: 134, 133 and 133.</summary>
internal sealed class CaseDemo(IActors actors, TimeProvider clock) : IDemoData
{
    /// <summary>In the words of each company's country.</summary>
    private static readonly Dictionary<string, string[]> Titles = new()
    {
        ["NO"] = ["Rammeavtale", "Nytt lager", "Serviceavtale", "Pilotprosjekt", "Utvidelse", "Oppgradering", "Årsordre", "Messe", "Prøveordre", "Vedlikehold"],
        ["SE"] = ["Ramavtal", "Nytt lager", "Serviceavtal", "Pilotprojekt", "Utbyggnad", "Uppgradering", "Årsorder", "Mässa", "Provorder", "Underhåll"],
        ["DK"] = ["Rammeaftale", "Nyt lager", "Serviceaftale", "Pilotprojekt", "Udvidelse", "Opgradering", "Årsordre", "Messe", "Prøveordre", "Vedligehold"],
    };

    public int Order => 2;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        var call = Call.System(company.Company);
        var settings = await actors.SettingsAsync(company.Company, ct);
        var statuses = settings.Get<CaseSettings>().Statuses;
        var today = settings.Get<CompanyProfile>().Today(clock.GetUtcNow());
        var random = new Random(company.Country[0] * 17);
        var count = company.Country == "NO" ? 134 : 133;
        var made = await Task.WhenAll(Enumerable.Range(0, count).Select(i => actors.CreateAsync(call, new CreateCase(Fields(i, random, company, statuses, today), null), ct)));
        if (made.FirstOrDefault(m => m.Refusal is not null)?.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
        // Every fourth lost case was closed, as it should be.
        foreach (var lost in made.Where(m => m.Row!.State.Status == CaseSettings.Lost).Where((_, i) => i % 4 == 0)) await actors.SendAsync(call, lost.Row!.Number, new CloseCase(), ct);
    }

    private static CaseFields Fields(int i, Random random, DemoCompany company, IReadOnlyList<CaseChoice> statuses, DateOnly today)
    {
        var status = statuses[random.Next(statuses.Count)];
        var titles = Titles[company.Country];
        return new CaseFields
        {
            Title = $"{titles[random.Next(titles.Length)]} {i + 1}",
            Partner = new(1001 + random.Next(200)),
            Status = status.Key,
            Value = new(new MoneyFields { Amount = random.Next(1, 400) * 2_500m, Currency = company.Currency }),
            Owner = new(company.Sellers[random.Next(company.Sellers.Count)]),
            FollowUp = random.Next(4) == 0 ? default : new(today.AddDays(random.Next(-10, 30))),
            ExpectedClose = random.Next(3) == 0 ? default : new(today.AddDays(random.Next(-5, 120))),
            LostReason = status.Kind == StatusKind.Lost ? new(new LostReasonFields { Key = "price" }) : default,
        };
    }
}
