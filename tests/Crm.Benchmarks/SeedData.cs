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

    /// <summary>The statuses that a company begins with, in the order in which the commands go round.</summary>
    public static readonly (string Key, string Kind, int Probability)[] Statuses =
        [("new", "open", 10), ("quoteMissing", "open", 25), ("quoteSent", "open", 50), ("negotiation", "open", 75), ("won", "won", 100), ("lost", "lost", 0)];

    private static readonly string[] Words = ["Norr", "Berg", "Fjord", "Skog", "Sol", "Vind", "Sten", "Hav", "Björk", "Ek", "Lind", "Älv", "Is", "Malm", "Ask", "Gran", "Ström", "Dal", "Vik", "Holm"];
    private static readonly string[] Trades = ["Bygg", "Transport", "Teknik", "Livs", "Data", "El", "Mekano", "Handel", "Konsult", "Industri"];
    private static readonly string[] Cities = ["Stockholm", "Göteborg", "Malmö", "Uppsala", "Luleå", "Umeå", "Örebro", "Lund"];

    public sealed record Firm(string Name, string OrganisationNumber, string Stage, int CreditLimit, int Balance, string Owner, string Domain, string Email, string City, string Tag);

    /// <param name="Partner">Counted from 0.</param>
    /// <param name="Status">Index into <see cref="Statuses"/>.</param>
    /// <param name="Value">In kronor; null = not known.</param>
    public sealed record Deal(string Title, int Partner, int Status, int? Value, string Owner, DateOnly? FollowUp, DateOnly? ExpectedClose);

    /// <summary>The case with a number, of one of so many partners; always the same one. Follow-ups and closes are spread over fourteen months from <see cref="At"/>.</summary>
    public static Deal Case(int number, int partners)
    {
        var mixed = (uint)number * 2_246_822_519u;
        var day = DateOnly.FromDateTime(At.Date);
        return new($"{Trades[mixed % 10]}, leverans {number}", (int)(mixed / 11 % partners), (int)(mixed / 13 % Statuses.Length), mixed % 10 == 0 ? null : (int)(mixed / 17 % 4_000) * 250, $"u{(mixed / 19 % 12) + 1}",
            mixed / 23 % 4 == 0 ? null : day.AddDays((int)(mixed / 29 % 420)), mixed / 31 % 3 == 0 ? null : day.AddDays((int)(mixed / 37 % 420)));
    }

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
