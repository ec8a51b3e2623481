using System.Text.Json;

namespace Crm.Plugins;

/// <summary>A company's settings as the plugin's settings schema describes them. Reading needs no types of the plugin's own.</summary>
/// <param name="values">A JSON object.</param>
public sealed class PluginSettings(JsonElement values)
{
    /// <summary>No settings.</summary>
    public static PluginSettings Empty { get; } = new(JsonDocument.Parse("{}").RootElement);

    /// <summary>Reads settings from their JSON text.</summary>
    /// <param name="json">A JSON object.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PluginSettings Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.Clone());
    }

    /// <summary>A text or a secret; null = not set or empty.</summary>
    /// <param name="name">The property's name in the schema.</param>
    public string? Text(string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A text that the plugin cannot do without.</summary>
    /// <param name="name">The property's name in the schema.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.NotConfigured"/>: it is not set.</exception>
    public string Required(string name) => Text(name) ?? throw new PluginException(PluginErrorKind.NotConfigured, $"The setting {name} is not set.");

    /// <summary>A web address, always ending in a slash so that relative addresses append to it.</summary>
    /// <param name="name">The property's name in the schema.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.NotConfigured"/>: it is not set, or no http or https address.</exception>
    public Uri Address(string name) => Uri.TryCreate(Required(name).TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address : throw new PluginException(PluginErrorKind.NotConfigured, $"The setting {name} is no web address.");

    /// <summary>A whole number; null = not set.</summary>
    /// <param name="name">The property's name in the schema.</param>
    public long? Number(string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A yes or no; not set = no.</summary>
    /// <param name="name">The property's name in the schema.</param>
    public bool Flag(string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
