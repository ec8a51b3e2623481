using Crm.Contracts;

namespace Crm.Orders;

/// <summary>Made-up orders for the demo companies, in every state: 500 over three companies.</summary>
internal sealed class OrderDemo(IActors actors, IDatabase database, TimeProvider clock) : IDemoData
{
    /// <summary>In the words of each company's country.</summary>
    private static readonly Dictionary<string, string[]> Things = new()
    {
        ["NO"] = ["Trelast", "Stålprofil", "Serviceavtale", "Pallereol", "Fiskekasser", "Kaffetrakter", "Betongblokk", "Arbeidshansker", "Konsulenttimer", "Frakt"],
        ["SE"] = ["Trävaror", "Stålprofil", "Serviceavtal", "Pallställ", "Fisklådor", "Kaffebryggare", "Betongblock", "Arbetshandskar", "Konsulttimmar", "Frakt"],
        ["DK"] = ["Trælast", "Stålprofil", "Serviceaftale", "Pallereol", "Fiskekasser", "Kaffemaskine", "Betonblok", "Arbejdshandsker", "Konsulenttimer", "Fragt"],
    };
    private static readonly OrderState[] States = [OrderState.Draft, OrderState.Confirmed, OrderState.Confirmed, OrderState.Delivered, OrderState.Invoiced, OrderState.Invoiced];

    public int Order => 3;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        var call = Call.System(company.Company);
        var partners = await database.QueryAsync(company.Company, "select number from partners where company = @company and deleted = 0 order by number", [], row => row.GetInt64(0), ct);
        var today = (await actors.SettingsAsync(company.Company, ct)).Get<CompanyProfile>().Today(clock.GetUtcNow());
        var random = new Random(company.Country[0] * 13);
        var count = company.Country == "SE" ? 168 : 166;
        var placed = await Task.WhenAll(Enumerable.Range(0, count).Select(i => actors.CreateAsync(call, new PlaceOrder(Fields(i, random, partners, company, today)), ct)));
        if (placed.FirstOrDefault(p => p.Refusal is not null)?.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
        for (var i = 0; i < count; i++)
        {
            var number = placed[i].Row!.Number;
            if (i % 12 == 0) await actors.SendAsync(call, number, new CancelOrder(), ct);
            else if (i % 9 == 0) await actors.SendAsync(call, number, new LockOrder(true), ct);
        }
    }

    private static OrderFields Fields(int i, Random random, List<long> partners, DemoCompany company, DateOnly today)
    {
        var ordered = today.AddDays(-random.Next(0, 200));
        // What is invoiced cannot be cancelled: every twelfth is a draft, and cancelled afterwards.
        var state = i % 12 == 0 ? OrderState.Draft : States[random.Next(States.Length)];
        var things = Things[company.Country];
        return new()
        {
            Partner = partners[random.Next(partners.Count)], OrderDate = ordered, DeliveryDate = ordered.AddDays(random.Next(3, 60)), Kind = random.Next(6) == 0 ? OrderKind.Production : OrderKind.Sales,
            Lines = new([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new OrderLineFields
            {
                Text = things[random.Next(things.Length)], Quantity = random.Next(1, 40), UnitPrice = new(new MoneyFields { Amount = random.Next(2, 400) * 25m, Currency = company.Currency }),
            })]),
            State = state,
        };
    }
}
