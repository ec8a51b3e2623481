using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Packages;

/// <summary><c>plugin.json</c>: everything that an operator's page and the routing of calls need to know, readable without loading code.</summary>
public sealed partial record PluginManifest
{
    /// <summary>The capabilities that a plugin can have, by the interface of the contract.</summary>
    public static IReadOnlyDictionary<string, Type> KnownCapabilities { get; } = new Dictionary<string, Type>
    {
        ["companyRegister"] = typeof(ICompanyRegister), ["accounting"] = typeof(IAccountingSystem), ["creditBureau"] = typeof(ICreditBureau), ["rates"] = typeof(IExchangeRates),
    };

    /// <summary>Lower-case letters, digits and hyphens, 2 to 40; the plugin's name for ever.</summary>
    public required string Id { get; init; }
    /// <summary>Three numbers, such as <c>1.4.0</c>, with an optional <c>-suffix</c>.</summary>
    public required string Version { get; init; }
    /// <summary>The contract that it is built against, such as <c>1.0</c>.</summary>
    public required string Contract { get; init; }
    /// <summary>Who makes and signs it.</summary>
    public required string Publisher { get; init; }
    /// <summary>SPDX, such as <c>MIT</c>, or a sentence.</summary>
    public required string Licence { get; init; }
    /// <summary>The file of its entry class, such as <c>Acme.Register.dll</c>.</summary>
    public required string Assembly { get; init; }
    /// <summary>The full name of its entry class.</summary>
    public required string Type { get; init; }
    /// <summary>What it can do; keys of <see cref="KnownCapabilities"/>.</summary>
    public required string[] Capabilities { get; init; }
    /// <summary>ISO 3166-1 alpha-2 of the countries that it serves; empty = all.</summary>
    public string[] Countries { get; init; } = [];
    /// <summary>The hosts that it may call, without scheme; <c>*.example.com</c> means those below. Others come only from settings marked <c>x-host</c>.</summary>
    public string[] Hosts { get; init; } = [];
    /// <summary>How much of what it may use.</summary>
    public PluginLimits Limits { get; init; } = new();
    /// <summary>Its settings per company.</summary>
    public SettingsSchema Settings { get; init; } = new();
    /// <summary>How a company lets it in at the outside system; null = by its settings alone.</summary>
    public PluginAuth? Auth { get; init; }
    /// <summary>Words by language: sv, da and en at least.</summary>
    public required Dictionary<string, PluginTexts> Texts { get; init; }

    private static readonly string[] Languages = ["sv", "da", "en"];

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowTrailingCommas = false, ReadCommentHandling = JsonCommentHandling.Disallow,
        RespectNullableAnnotations = true, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict, MaxDepth = 16,
    };

    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="PackageException">All that is wrong with it.</exception>
    public static PluginManifest Parse(ReadOnlySpan<byte> json)
    {
        PluginManifest manifest;
        try { manifest = JsonSerializer.Deserialize<PluginManifest>(json, Strict) ?? throw new JsonException("It is null."); }
        catch (JsonException broken) { throw new PackageException("manifest.unreadable", $"plugin.json cannot be read: {broken.Message}"); }
        if (manifest.HasNull()) throw new PackageException("manifest.invalid", "plugin.json: null stands where one of several has to be.");
        var problems = manifest.Problems().ToArray();
        return problems.Length == 0 ? manifest : throw new PackageException("manifest.invalid", "plugin.json: " + string.Join(" ", problems));
    }

    /// <summary>Null as one of several, which the reader of JSON lets through.</summary>
    private bool HasNull() => Texts.Values.Any(t => t is null || t.Settings.Values.Any(s => s is null)) || Settings.Properties.Values.Any(s => s is null || s.Enum?.Any(e => e is null) == true)
        || Capabilities.Concat(Countries).Concat(Hosts).Concat(Settings.Required).Any(s => s is null);

    private IEnumerable<string> Problems()
    {
        if (!IdShape().IsMatch(Id)) yield return "id has 2 to 40 lower-case letters, digits and hyphens.";
        if (!VersionShape().IsMatch(Version)) yield return "version is three numbers such as 1.4.0, with an optional suffix such as -beta.";
        if (!System.Version.TryParse(Contract, out var contract)) yield return "contract is a version such as 1.0.";
        else if (!PluginContract.Accepts(contract)) yield return $"contract {Contract} is not one that this host runs: it has {PluginContract.Version}.";
        if (!IdShape().IsMatch(Publisher)) yield return "publisher has 2 to 40 lower-case letters, digits and hyphens.";
        if (Licence.Length is 0 or > 200) yield return "licence has 1 to 200 characters.";
        if (!Assembly.EndsWith(".dll", StringComparison.Ordinal) || Assembly.AsSpan().IndexOfAny('/', '\\') >= 0) yield return "assembly is a file name that ends in .dll.";
        if (Type.Length is 0 or > 500) yield return "type is the full name of the entry class.";
        if (Capabilities.Length == 0) yield return "capabilities names at least one.";
        foreach (var unknown in Capabilities.Where(c => !KnownCapabilities.ContainsKey(c))) yield return $"capability {unknown} is not known; there are {string.Join(", ", KnownCapabilities.Keys)}.";
        foreach (var country in Countries.Where(c => !CountryShape().IsMatch(c))) yield return $"country {country} is no ISO 3166 code such as NO.";
        foreach (var host in Hosts.Where(h => !HostShape().IsMatch(h))) yield return $"host {host} is no host name such as api.example.com or *.example.com.";
        foreach (var language in Languages.Where(l => !Texts.ContainsKey(l))) yield return $"texts lacks {language}.";
        foreach (var (language, texts) in Texts)
        {
            if (texts.Name.Length is 0 or > 80) yield return $"texts.{language}.name has 1 to 80 characters.";
            foreach (var name in Settings.Properties.Keys.Where(n => !texts.Settings.ContainsKey(n))) yield return $"texts.{language}.settings lacks {name}.";
            foreach (var name in texts.Settings.Keys.Where(n => !Settings.Properties.ContainsKey(n))) yield return $"texts.{language}.settings has {name}, which is no setting.";
        }
        foreach (var problem in Limits.Problems().Concat(Settings.Problems()).Concat(Auth?.Problems(Settings) ?? [])) yield return problem;
    }

    /// <summary>True for the name of a plugin or a publisher: 2 to 40 lower-case letters, digits and hyphens.</summary>
    public static bool IsId(string? id) => id is not null && IdShape().IsMatch(id);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdShape();

    [GeneratedRegex(@"^\d{1,5}\.\d{1,5}\.\d{1,5}(-[0-9A-Za-z.-]{1,40})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionShape();

    [GeneratedRegex("^[A-Z]{2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CountryShape();

    [GeneratedRegex(@"^(\*\.)?[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostShape();
}

/// <summary>How much of what a plugin may use; the host holds it to these.</summary>
public sealed record PluginLimits
{
    /// <summary>The longest a call may take, 1 to 300 seconds.</summary>
    public int CallSeconds { get; init; } = 15;
    /// <summary>How many calls may run at once, all companies together, 1 to 10,000.</summary>
    public int Concurrency { get; init; } = 32;
    /// <summary>How many requests a second it sends for one company, 0.01 to 1,000; the outside system's own limit.</summary>
    public double RequestsPerSecond { get; init; } = 5;
    /// <summary>How many requests may go at once before that rate counts, 1 to 10,000.</summary>
    public int Burst { get; init; } = 5;
    /// <summary>How many requests a day it sends for one company; null = the system has no such limit.</summary>
    public int? RequestsPerDay { get; init; }
    /// <summary>True = the limits count for all companies of this server together, because the system counts by address or key of the operator.</summary>
    public bool Shared { get; init; }
    /// <summary>How long running calls may go on after a newer version has taken over, 1 to 300 seconds.</summary>
    public int DrainSeconds { get; init; } = 30;
    /// <summary>How long answers may be kept and used again, 0 to 43,200 minutes; the outside system's terms.</summary>
    public int CacheMinutes { get; init; }
    /// <summary>True = the outside system charges for what is fetched, so it is asked when a person wants it and never by the program itself.</summary>
    public bool Charged { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (CallSeconds is < 1 or > 300) yield return "limits.callSeconds is 1 to 300.";
        if (Concurrency is < 1 or > 10_000) yield return "limits.concurrency is 1 to 10000.";
        if (RequestsPerSecond is not (>= 0.01 and <= 1_000)) yield return "limits.requestsPerSecond is 0.01 to 1000.";
        if (Burst is < 1 or > 10_000) yield return "limits.burst is 1 to 10000.";
        if (RequestsPerDay is < 1) yield return "limits.requestsPerDay is at least 1.";
        if (DrainSeconds is < 1 or > 300) yield return "limits.drainSeconds is 1 to 300.";
        if (CacheMinutes is < 0 or > 43_200) yield return "limits.cacheMinutes is 0 to 43200.";
    }
}

/// <summary>Words of one language.</summary>
public sealed record PluginTexts
{
    /// <summary>What people call it, such as <c>Brønnøysundregistrene</c>.</summary>
    public required string Name { get; init; }
    /// <summary>One sentence on what it does; with the source that its terms want named.</summary>
    public string Description { get; init; } = "";
    /// <summary>By setting.</summary>
    public Dictionary<string, SettingText> Settings { get; init; } = [];
}

/// <summary>Words of a setting.</summary>
public sealed record SettingText
{
    /// <summary>Beside its field.</summary>
    public required string Title { get; init; }
    /// <summary>Below its field; null = the title says it all.</summary>
    public string? Help { get; init; }
}
