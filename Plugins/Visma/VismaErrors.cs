using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Visma;

/// <summary>What Visma's error codes mean; they tell more than the status, which is mostly 400.</summary>
internal static partial class VismaErrors
{
    private const string BadQuery = "Visma does not understand the question (6000).";

    /// <param name="error">With a code.</param>
    /// <param name="retryAfter">What a header said; null = none.</param>
    /// <returns>Null = the status says it.</returns>
    public static PluginException? Of(ErrorAnswer error, TimeSpan? retryAfter) => error.ErrorCode is not { } code ? null : (int)code switch
    {
        4010 => new(PluginErrorKind.RateLimited, "The limit of Visma is reached (4010).") { RetryAfter = retryAfter ?? Seconds(error.DeveloperErrorMessage) },
        4000 => new(PluginErrorKind.Conflict, $"Visma has it already, or it changed in between (4000).{Reference(error)}"),
        4002 or 4005 or 4006 or 4007 or 4009 or 4011 or 4012 or 4019 => new(PluginErrorKind.Forbidden, $"Visma does not allow this: {Words(error)}"),
        4003 or 4004 or 4034 => new(PluginErrorKind.NotConfigured, $"The company in Visma is not ready for this: {Words(error)}"),
        4100 or 5000 or 5001 => new(PluginErrorKind.Unavailable, $"Visma has a fault of its own ({(int)code}).{Reference(error)}"),
        6000 => new(PluginErrorKind.Invalid, BadQuery),
        2000 or 4008 or 4025 or 4026 or 4035 or 6001 => new(PluginErrorKind.Invalid, $"Visma refuses it: {Words(error)}"),
        _ => null,
    };

    /// <summary>A query that Visma does not understand (6000), so that another can be tried: which members can be filtered by is documented in part.</summary>
    public static bool IsBadQuery(PluginException error) => error.Kind == PluginErrorKind.Invalid && error.Message == BadQuery;

    private static string Words(ErrorAnswer error)
    {
        var fields = (error.Errors ?? []).OfType<ErrorField>().Select(f => Told.Join(": ", f.Field, f.Message)).OfType<string>().Take(5).ToArray();
        var words = fields.Length > 0 ? string.Join("; ", fields) : error.DeveloperErrorMessage ?? "";
        return string.Create(CultureInfo.InvariantCulture, $"{Values().Replace(words[..Math.Min(words.Length, 300)], "…").Trim()} ({(int?)error.ErrorCode}){Reference(error)}");
    }

    /// <summary>Visma's support asks for it.</summary>
    private static string Reference(ErrorAnswer error) => Guid.TryParse(error.ErrorId, out var id) ? $" Visma's reference: {id}." : "";

    private static TimeSpan? Seconds(string? message) => In().Match(message ?? "") is { Success: true } found && int.TryParse(found.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    [GeneratedRegex("again in (\\d{1,5}) second")]
    private static partial Regex In();

    /// <summary>What may be a person's.</summary>
    [GeneratedRegex("\"[^\"]*\"?|'[^']*'?|[^\\s]+@[^\\s]+|\\d{6,}-?\\d*")]
    private static partial Regex Values();
}
