using System.Globalization;

namespace Crm.Plugins.Visma;

/// <summary>Pages of Visma's lists, and how it writes instants.</summary>
internal static class Paging
{
    public static int Page(string? cursor) => cursor is null ? 1
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 ? page : throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");

    public static AccountingPage<T> Of<TListed, T>(Page<TListed> list, int page, Func<TListed, T?> map) where T : class => new()
    {
        Items = [.. (list.Data ?? []).Select(map).OfType<T>()], Total = (long?)list.Meta?.TotalNumberOfResults, AsOf = Read(list.Meta?.ServerTimeUtc), Cursor = HasMore(list, page) ? (page + 1).ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <summary>An answer without its count goes on until a page is not full.</summary>
    public static bool HasMore<T>(Page<T> list, int page) => list.Data is { Length: > 0 } rows && (list.Meta?.TotalNumberOfPages is { } pages ? page < pages : rows.Length == VismaApi.PageSize);

    /// <summary>With five minutes to spare: the instant may come from another clock.</summary>
    public static string Instant(DateTimeOffset since) => since.UtcDateTime.AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
