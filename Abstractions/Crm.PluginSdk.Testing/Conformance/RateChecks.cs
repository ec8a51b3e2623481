namespace Crm.Plugins.Testing;

/// <summary>The contract of <see cref="IExchangeRates"/>.</summary>
internal sealed class RateChecks(Session session, IExchangeRates rates, Findings findings)
{
    private static readonly DateOnly From = DateOnly.FromDateTime(Session.Now.UtcDateTime).AddDays(-10);

    public IEnumerable<Operation> Operations => [new(nameof(rates.RatesAsync), gone => AskAsync(From, gone))];

    public async Task RunAsync()
    {
        Note("rates", await AskAsync(From, null), days => days.Length == 0 ? "found none; the outside system needs some for this check" : days.Select(Wrong).FirstOrDefault(w => w is not null));
        Note("rates.none", await AskAsync(new(9000, 1, 1), null), days => days.Length > 0 ? "answered rates of days before the one that was asked for" : null);
    }

    private static string? Wrong(DayRates day) =>
        day.Day < From ? $"answered {day.Day:yyyy-MM-dd} when asked from {From:yyyy-MM-dd}"
        : day.Base.Length != 3 || day.Rates.Any(r => r.Currency.Length != 3) ? "answered a currency that is no ISO 4217 code"
        : day.Rates.Any(r => r.Units <= 0) ? "answered a rate that is not above 0"
        : day.Rates.Any(r => r.Currency == day.Base) || day.Rates.DistinctBy(r => r.Currency).Count() < day.Rates.Length ? "answered a currency twice, or the base itself" : null;

    private void Note(string name, Attempt attempt, Func<DayRates[], string?> problem)
    {
        var found = attempt.Trouble ?? attempt.Value switch
        {
            not DayRates[] => "answered null instead of an empty array",
            DayRates[] days when !days.Select(d => d.Day).SequenceEqual(days.Select(d => d.Day).Distinct().Order()) => "answered days that are not in order, or one twice",
            DayRates[] days => problem(days),
        };
        findings.Add(name, found is null ? null : $"It {found}.", "As the contract says.");
    }

    private Task<Attempt> AskAsync(DateOnly from, TimeSpan? gone) => session.TryAsync(nameof(rates.RatesAsync), (call, ct) => rates.RatesAsync(call, from, ct), gone);
}
