using Crm.Contracts;

namespace Crm.Cases;

/// <summary>What conversions see of cases, and may change: that the case is won, and that it has become an order.</summary>
internal sealed class CaseSaleFacet(IActors actors) : ICaseSales
{
    public static Facet<Case, CaseSale> Facet { get; } = new(Show, (c, sale, at) =>
    {
        var settings = at.Settings.Get<CaseSettings>();
        var won = sale.IsWon && settings.Status(c.Status)?.Kind != StatusKind.Won
            ? CaseRules.Settled(c with { Status = CaseSettings.Won, StatusChangedAt = at.Now }, settings) : c;
        return sale.IsConverted ? won with { ConvertedAt = at.Now } : won;
    });

    public async Task<CaseSale?> FindAsync(CompanyRef company, long number, CancellationToken ct) =>
        await actors.ReadAsync<Case>(company, number, ct) is { } row ? Show(number, row.State, await actors.SettingsAsync(company, ct)) : null;

    private static CaseSale Show(long number, Case c, ISettings settings)
    {
        var customer = c.Customer;
        Dictionary<string, string> texts = [];
        Dictionary<string, DateOnly> dates = [];
        void Text(string name, string? text) { if (text is not null) texts[name] = text; }
        void Date(string name, DateOnly? date) { if (date is { } day) dates[name] = day; }
        Text("reference", customer?.Reference);
        Text("requisition", customer?.Requisition);
        Text("contact", customer?.Contact);
        Text("deliveryStreet", customer?.DeliveryStreet);
        Text("deliveryPostalCode", customer?.DeliveryPostalCode);
        Text("deliveryCity", customer?.DeliveryCity);
        Text("deliveryCountry", customer?.DeliveryCountry);
        Text("description", c.Description);
        Date("startDate", customer?.StartDate);
        Date("deliveryDate", customer?.DeliveryDate);
        Date("expectedClose", c.ExpectedClose);
        return new(number, c.Partner, c.Title)
        {
            Locked = c.Locked(), IsWon = settings.Get<CaseSettings>().Status(c.Status)?.Kind == StatusKind.Won, IsConverted = c.ConvertedAt is not null, Owner = c.Owner, Value = c.Value, Texts = texts, Dates = dates,
        };
    }
}
