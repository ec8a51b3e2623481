using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>Pages of e-conomic's lists.</summary>
internal static class Lists
{
    /// <summary>The first thousand after a number, in the order of numbers.</summary>
    public static string After(string list, string number, long? last, string? condition)
    {
        var filter = string.Join("$and:", new[] { last is { } n ? $"{number}$gt:{Mapping.Text(n)}" : null, condition }.OfType<string>());
        return $"{list}?pagesize={EconomicApi.PageSize}&sort={number}{(filter.Length == 0 ? "" : $"&filter={Uri.EscapeDataString(filter)}")}";
    }

    /// <summary>The last number of a page that is followed by another; null = it was the last.</summary>
    public static long? Next<T>(Page<T> list, Func<T, decimal?> number) => HasMore(list) ? (long?)list.Collection!.Max(number) : null;

    public static bool HasMore<T>(Page<T> list) => list.Collection is { Length: > 0 } rows && (list.Pagination is { } told ? told.NextPage is not null : rows.Length == EconomicApi.PageSize);

    /// <summary>A cursor that is a number; null = there is none.</summary>
    /// <exception cref="PluginException">It is something else.</exception>
    public static long? Number(string? cursor) => cursor is null ? null
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");
}

/// <summary>Where to go on among customers, and the currency that their amounts are in, once it is known.</summary>
internal sealed record CustomerCursor(long Number, string? Currency)
{
    public static CustomerCursor? Of(string? cursor) => cursor is null ? null
        : cursor.Split(';') is [var number, var currency] ? new((long)Lists.Number(number)!, currency.Length == 0 ? null : currency) : throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number};{Currency}");
}
