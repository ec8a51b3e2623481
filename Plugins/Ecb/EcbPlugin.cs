using System.Globalization;
using System.Xml;

namespace Crm.Plugins.Ecb;

/// <summary>The euro foreign exchange reference rates of the European Central Bank: one table each working day, told in euro.</summary>
public sealed class EcbPlugin : IPlugin, IExchangeRates
{
    private const string System = "The ECB", LastDay = "eurofxref-daily.xml", NinetyDays = "eurofxref-hist-90d.xml";

    /// <inheritdoc />
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct)
    {
        var days = await ReadAsync(call, LastDay, ct);
        return new() { IsHealthy = true, Detail = days[^1].Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
    }

    /// <inheritdoc />
    public async ValueTask<DayRates[]> RatesAsync(IPluginCall call, DateOnly from, CancellationToken ct)
    {
        // The short table has the last working day, whichever that is; who wants more days gets the long one.
        var last = await ReadAsync(call, LastDay, ct);
        var days = last[0].Day <= from ? last : await ReadAsync(call, NinetyDays, ct);
        return [.. days.Where(d => d.Day >= from).OrderBy(d => d.Day)];
    }

    private static async ValueTask<DayRates[]> ReadAsync(IPluginCall call, string file, CancellationToken ct)
    {
        using var answer = await call.Http.GetAsync(new Uri(call.Settings.Address("address"), file), ct);
        HttpAnswers.Check(answer, System, call.Clock);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(ct);
            return await DaysAsync(body, ct) is { Length: > 0 } days ? days : throw new PluginException(PluginErrorKind.Unavailable, $"{System} answered no rates.");
        }
        catch (XmlException broken) { throw new PluginException(PluginErrorKind.Unavailable, $"{System} answered XML that cannot be read.", broken); }
    }

    /// <summary>Elements named Cube, one in the other: with a time, a day; with a currency and a rate, one rate of it. Whatever else stands there is passed over.</summary>
    private static async ValueTask<DayRates[]> DaysAsync(Stream body, CancellationToken ct)
    {
        List<DayRates> days = [];
        (DateOnly Day, List<CurrencyRate> Rates)? current = null;
        using var xml = XmlReader.Create(body, new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 8_000_000 });
        while (await xml.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Cube") continue;
            if (xml.GetAttribute("time") is { } time)
            {
                End();
                current = DateOnly.TryParseExact(time, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (day, []) : throw new PluginException(PluginErrorKind.Unavailable, $"{System} answered a day that is none.");
            }
            else if (xml.GetAttribute("currency") is { Length: 3 } currency && decimal.TryParse(xml.GetAttribute("rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units > 0)
            {
                current?.Rates.Add(new() { Currency = currency, Units = units });
            }
        }
        End();
        return [.. days];

        void End()
        {
            if (current is { Rates.Count: > 0 } ended) days.Add(new() { Day = ended.Day, Base = "EUR", Rates = [.. ended.Rates] });
        }
    }
}
