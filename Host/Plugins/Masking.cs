using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>Takes a connection's secrets out of whatever a plugin says: what it throws, what it logs, what it finds of itself. Also as they stand in an address or in JSON.</summary>
internal sealed partial class Masking(PluginManifest manifest, PluginSettings settings)
{
    /// <summary>A shorter one keeps nothing secret, and masking it would blacken ordinary words.</summary>
    private const int Shortest = 4;

    private const int Longest = 500;

    /// <summary>Longest first: one secret may be a part of another.</summary>
    private readonly string[] _secrets =
    [
        .. manifest.Settings.Properties.Where(p => p.Value.IsSecret).Select(p => settings.Text(p.Key)).OfType<string>().Where(s => s.Length >= Shortest)
            .SelectMany(s => new[] { s, Uri.EscapeDataString(s), JsonEncodedText.Encode(s).ToString() }).Distinct().OrderByDescending(s => s.Length),
    ];

    /// <summary>A request or an answer without secrets, and without what systems call tokens, of which only they know the values.</summary>
    public string Hide(string text) => Tokens.Replace(Replaced(text), "$1***");

    /// <summary>A text on one line, without secrets.</summary>
    public string Clean(string text)
    {
        text = Replaced(text);
        return string.Create(Math.Min(text.Length, Longest), text, static (line, all) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(all[i]) ? ' ' : all[i];
        });
    }

    private string Replaced(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    /// <summary>The value of a member or parameter whose name says that it is a secret.</summary>
    [GeneratedRegex("""((?:"[\w.-]*(?:token|secret|password|authorization|api[_-]?key)[\w.-]*"\s*:\s*"|[?&\s][\w.-]*(?:token|secret|password|api[_-]?key)[\w.-]*=))[^"&\s]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Tokens { get; }
}
