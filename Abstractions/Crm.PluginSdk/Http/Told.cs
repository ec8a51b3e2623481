namespace Crm.Plugins;

/// <summary>Outside systems write "nothing" in several ways; the contract has one, null.</summary>
public static class Told
{
    /// <summary>The text, trimmed; null where there is nothing to read.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The parts that there are, one after the other; null = there are none.</summary>
    /// <param name="separator">Between them.</param>
    /// <param name="parts">Those without anything to read are left out.</param>
    public static string? Join(string separator, params IEnumerable<string?> parts) => string.Join(separator, parts.Select(OrNull).Where(p => p is not null)).OrNull();
}
