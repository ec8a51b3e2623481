using System.Globalization;

namespace Crm.Rates;

/// <summary>The rates of one day as a source told them, kept so that whatever was reckoned by them can be reckoned again.</summary>
internal sealed record RateDay
{
    public static Entity<RateDay> Entity { get; } = new("rateDay", "rate_days")
    {
        Columns = [new("day", ColumnType.Date, r => Text(r.Day)), new("source", ColumnType.Text, r => r.Source), new("day_key", ColumnType.Text, r => $"{r.Source}/{Text(r.Day)}")],
        Unique = new Dictionary<string, string> { ["day_key"] = Taken },
        View = (row, _) => new RateDayView(row.Number, row.State.Source, row.State.Day, row.State.Base, row.State.Rates, row.Version),
    };

    public static ListOf<RateDay> All { get; } = new("rates", Entity, [new("number", "number", ColumnType.Number), new("day", "day", ColumnType.Date), new("source", "source", ColumnType.Text)]) { DefaultSort = "-day" };

    public const string Taken = "rates.day.taken";

    public required string Source { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>The source's own.</summary>
    public required string Base { get; init; }

    /// <summary>How much of a currency one unit of the base is worth.</summary>
    public required IReadOnlyDictionary<string, decimal> Rates { get; init; }

    /// <summary>What one unit of each currency is worth in another one; null = the source does not tell that one.</summary>
    public IReadOnlyDictionary<string, decimal>? In(string currency)
    {
        var units = new Dictionary<string, decimal>(Rates) { [Base] = 1 };
        return units.TryGetValue(currency, out var own) ? units.Where(u => u.Key != currency).ToDictionary(u => u.Key, u => decimal.Round(own / u.Value, 8)) : null;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A day that a source has told.</summary>
internal sealed record AddRateDay(RateDay Told) : ICreation<RateDay>
{
    public Decision<RateDay> Decide(Moment at) => Decision.Accept(Told, "rateDay.told");
}

/// <summary>The rates of one day as a source told them.</summary>
/// <param name="Number">Its number in the company.</param>
/// <param name="Source">The plugin.</param>
/// <param name="Day">The day that they are of.</param>
/// <param name="Base">What they are told in: ISO 4217.</param>
/// <param name="Rates">How much of a currency one unit of the base is worth, by ISO 4217 code.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record RateDayView(long Number, string Source, DateOnly Day, string Base, IReadOnlyDictionary<string, decimal> Rates, long Version);
