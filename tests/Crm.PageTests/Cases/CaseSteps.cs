using System.Globalization;
using System.Text.Json;

namespace Crm.PageTests.Cases;

/// <summary>What tests of the case pages do again and again.</summary>
internal static class CaseSteps
{
    /// <summary>Makes a case and answers its number.</summary>
    public static async Task<long> CaseAsync(this Desk desk, long partner, string title, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new { partner, title })!.AsObject();
        if (more is not null) foreach (var (member, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) body[member] = value?.DeepClone();
        return (await desk.PostAsync("cases", body)).GetProperty("number").GetInt64();
    }

    public static object Sek(decimal amount) => new { amount, currency = "SEK" };

    /// <summary>A day seen from the company's today, as the API has it.</summary>
    public static async Task<string> DayAsync(this Desk desk, int fromToday)
    {
        var today = DateOnly.ParseExact((await desk.GetAsync("cases/summary")).GetProperty("today").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return today.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>As the pages show it.</summary>
    public static string Shown(string day) => $"{day[8..]}.{day[5..7]}.{day[..4]}";

    /// <summary>A row of the list or of a table, by a text in it.</summary>
    public static ILocator Row(this IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>A figure as the pages write it, whatever kind of space stands between the thousands.</summary>
    public static System.Text.RegularExpressions.Regex Figure(string figure) => new(figure.Replace(" ", @"\s", StringComparison.Ordinal));
}
