using System.Globalization;
using System.Xml.Linq;

namespace Crm.StandIns;

/// <summary>The ECB's tables with invented rates: one for each working day, the newest first, the same for a day whenever it is asked for.</summary>
public sealed class Ecb(TimeProvider? clock = null)
{
    private static readonly XNamespace Gesmes = "http://www.gesmes.org/xml/2002-08-01", Euro = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";
    private static readonly (string Currency, decimal Units)[] Around = [("USD", 1.09m), ("DKK", 7.46m), ("GBP", 0.86m), ("NOK", 11.60m), ("SEK", 11.20m), ("ISK", 148.9m)];

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>With today's date, as the demo serves it.</summary>
    public static void Map(WebApplication app) => new Ecb().MapOn(app);

    /// <summary>Maps both tables.</summary>
    public void MapOn(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/stats/eurofxref/eurofxref-daily.xml", () => Table(Days().Take(1)));
        app.MapGet("/stats/eurofxref/eurofxref-hist-90d.xml", () => Table(Days().TakeWhile(d => d > Today.AddDays(-90))));
    }

    /// <summary>What one euro is worth on a day.</summary>
    public static decimal Units(string currency, DateOnly day) => decimal.Round(Around.Single(a => a.Currency == currency).Units * (1 + (((day.DayNumber * 37) % 100) - 50) / 5_000m), 4);

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private IEnumerable<DateOnly> Days() => Enumerable.Range(0, 400).Select(back => Today.AddDays(-back)).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static IResult Table(IEnumerable<DateOnly> days) => Results.Text(new XDocument(
        new XElement(Gesmes + "Envelope", new XAttribute(XNamespace.Xmlns + "gesmes", Gesmes), new XAttribute("xmlns", Euro),
            new XElement(Gesmes + "subject", "Reference rates"), new XElement(Gesmes + "Sender", new XElement(Gesmes + "name", "European Central Bank")),
            new XElement(Euro + "Cube", days.Select(day => new XElement(Euro + "Cube", new XAttribute("time", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Around.Select(a => new XElement(Euro + "Cube", new XAttribute("currency", a.Currency), new XAttribute("rate", Units(a.Currency, day).ToString(CultureInfo.InvariantCulture))))))))).ToString(), "text/xml");
}
