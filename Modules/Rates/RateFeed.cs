using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Rates;

/// <summary>Fetches the days that are missing, and gives the company the last one.</summary>
internal sealed class RateFeed(IActors actors, IPlugins plugins, ICompanyRates rates, TimeProvider clock)
{
    /// <summary>So far back is asked the first time: a long weekend.</summary>
    private const int FirstDays = 7;

    public async Task<FeedState> FetchAsync(CompanyRef company, CancellationToken ct)
    {
        if ((await plugins.InUseAsync(company, "rates", ct)).OrderBy(p => p.Id, StringComparer.Ordinal).FirstOrDefault() is not { } source) return FeedState.NoSource;
        var profile = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>();
        var today = profile.Today(clock.GetUtcNow());
        // By the company's own last day: should a host end between keeping a day and giving it to the company, it is fetched again.
        var from = profile.Daily is { } last && last.Source == source.Id ? last.Day.AddDays(1) : today.AddDays(-FirstDays);
        var answer = await plugins.CallAsync<IExchangeRates, DateOnly, DayRates[]>(company, source.Id, from, static (feed, call, from, ct) => feed.RatesAsync(call, from, ct), ct);
        if (answer.Failure is not null) return FeedState.Away;
        foreach (var day in answer.Value!.Select(d => Read(source.Id, d)).OfType<RateDay>().Where(d => d.Day >= from && d.Day <= today).OrderBy(d => d.Day))
        {
            if ((await actors.CreateAsync(Call.System(company), new AddRateDay(day), ct)).Refusal is { } refusal && refusal.Code != RateDay.Taken) throw new StorageException(refusal.Detail);
            if (day.In(profile.BaseCurrency) is { } own) await rates.SetAsync(company, profile.BaseCurrency, new(source.Id, day.Day, own), ct);
        }
        return FeedState.Told;
    }

    /// <summary>What can be believed of it: known currencies and rates above 0; null = nothing.</summary>
    private static RateDay? Read(string source, DayRates told)
    {
        var rates = told.Rates.Where(r => Currencies.IsKnown(r.Currency) && r.Currency != told.Base && r.Units is > 0 and <= 1_000_000_000).DistinctBy(r => r.Currency).ToDictionary(r => r.Currency, r => r.Units);
        return rates.Count == 0 || !Currencies.IsKnown(told.Base) ? null : new() { Source = source, Day = told.Day, Base = told.Base, Rates = rates };
    }
}

/// <summary>What became of asking.</summary>
internal enum FeedState
{
    /// <summary>The company has none switched on.</summary>
    NoSource,

    /// <summary>It cannot be asked now.</summary>
    Away,

    /// <summary>It has told what it has.</summary>
    Told,
}
