using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>What orders see of partners, and may change: the stage and the figures that orders make.</summary>
internal sealed class PartnerSalesFacet(IActors actors, IDatabase database) : IPartnerSales
{
    public static Facet<Partner, PartnerSales> Facet { get; } = new(
        Show,
        (partner, sales, _) => partner with
        {
            Stage = sales.Stage, Uninvoiced = sales.Credit.Uninvoiced, LatestOrder = sales.LatestOrder, LatestDelivery = sales.LatestDelivery, OrderChanges = sales.OrderChanges,
        });

    public async Task<IReadOnlyDictionary<long, PartnerSales>> SalesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0) return new Dictionary<long, PartnerSales>();
        var settings = await actors.SettingsAsync(company, ct);
        var rows = await database.QueryAsync(company, $"select number, doc from partners where company = @company and number in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})",
            [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => (Number: row.GetInt64(0), Partner: JsonSerializer.Deserialize<Partner>(row.GetString(1), Json.State)!), ct);
        return rows.ToDictionary(r => r.Number, r => Show(r.Number, r.Partner, settings));
    }

    private static PartnerSales Show(long number, Partner partner, ISettings settings) => new(number, partner.Name)
    {
        IsDeleted = partner.IsDeleted, Owner = partner.Owner, CreditDays = partner.Invoicing?.CreditDays, DiscountPercent = Discount(partner, settings.Get<PartnerSettings>()),
        Stage = partner.Stage, Credit = settings.Get<BalanceAges>().Aged(partner.Credit, settings.Now), LatestOrder = partner.LatestOrder, LatestDelivery = partner.LatestDelivery, OrderChanges = partner.OrderChanges,
    };

    /// <summary>Several tags give the best of their discounts, not the sum.</summary>
    private static decimal? Discount(Partner partner, PartnerSettings settings) =>
        partner.Tags.Max(t => settings.Find(ChoiceKind.Tag, t) is { IsOffered: true } tag ? tag.DiscountPercent : null);
}
