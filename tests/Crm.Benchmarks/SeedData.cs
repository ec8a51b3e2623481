using System.Globalization;

namespace Crm.Benchmarks;

/// <summary>Invented firms, the same for every side.</summary>
internal static class SeedData
{
    public const string Slug = "nordlys";

    /// <summary>A key of the conventional side, whose database lives for one run on this machine.</summary>
    public const string ConventionalSecret = "benchmark";

    public static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly string[] Stages = ["active", "potential", "prospect", "lost", "inactive"];

    private static readonly string[] Words = ["Norr", "Berg", "Fjord", "Skog", "Sol", "Vind", "Sten", "Hav", "Björk", "Ek", "Lind", "Älv", "Is", "Malm", "Ask", "Gran", "Ström", "Dal", "Vik", "Holm"];
    private static readonly string[] Trades = ["Bygg", "Transport", "Teknik", "Livs", "Data", "El", "Mekano", "Handel", "Konsult", "Industri"];
    private static readonly string[] Cities = ["Stockholm", "Göteborg", "Malmö", "Uppsala", "Luleå", "Umeå", "Örebro", "Lund"];

    public sealed record Firm(string Name, string OrganisationNumber, string Stage, int CreditLimit, int Balance, string Owner, string Domain, string Email, string City, string Tag);

    /// <summary>The firm with a number; always the same one.</summary>
    public static Firm Partner(int number)
    {
        var mixed = (uint)number * 2_654_435_761u;
        var name = $"{Words[mixed % 20]}{Words[mixed / 20 % 20].ToLowerInvariant()} {Trades[mixed / 400 % 10]} {number} AB";
        var domain = string.Create(CultureInfo.InvariantCulture, $"firma{number}.example");
        return new(name, OrganisationNumber(number), Stages[mixed / 4000 % 5], (int)(mixed % 500) * 1_000, (int)(mixed / 7 % 900_000), $"u{(mixed % 12) + 1}", domain, $"info@{domain}", Cities[mixed % 8], $"tag{mixed % 9}");
    }

    /// <summary>A Swedish number: nine digits and a Luhn check digit, third digit at least 2.</summary>
    private static string OrganisationNumber(int number)
    {
        var nine = string.Create(CultureInfo.InvariantCulture, $"559{number % 1_000_000:000000}");
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            var digit = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{nine}{(10 - (sum % 10)) % 10}");
    }
}
