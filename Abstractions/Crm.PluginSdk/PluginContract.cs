namespace Crm.Plugins;

/// <summary>
/// The version of this contract, and which plugins a host takes. A minor version only adds: new capabilities, new members with a default, new properties
/// that may be absent. A major version may break. Records of the contract are never positional, so that a property can be added.
/// </summary>
public static class PluginContract
{
    /// <summary>The version that this assembly is.</summary>
    public static Version Version { get; } = new(1, 0);

    /// <summary>True when a plugin built against a version runs on this one: the same major version, and none newer.</summary>
    /// <param name="builtAgainst">The version that the plugin names and references.</param>
    public static bool Accepts(Version builtAgainst)
    {
        ArgumentNullException.ThrowIfNull(builtAgainst);
        return builtAgainst.Major == Version.Major && builtAgainst.Minor <= Version.Minor;
    }
}
