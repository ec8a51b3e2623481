namespace Crm.Plugins.Testing;

/// <summary>What is looked at, and with what.</summary>
public sealed record ConformanceSubject
{
    /// <summary>A package (.zip), or the folder that <c>dotnet publish</c> or a build wrote, with <c>plugin.json</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The outside system: canned answers, or a handler that reaches a stand-in or a sandbox. The suite puts errors before it. Not disposed.</summary>
    public required HttpMessageHandler Upstream { get; init; }

    /// <summary>Good settings, a JSON object; the manifest's defaults count besides.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>Companies that the outside system knows; needed by a plugin with the capability <c>companyRegister</c>.</summary>
    public RegisterSamples? Register { get; init; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the plugin is loaded, used and unloaded.</summary>
    public int Loads { get; init; } = 3;

    /// <summary>How long an unloaded plugin may stay in memory.</summary>
    public TimeSpan UnloadPatience { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>What to ask a register for.</summary>
public sealed record RegisterSamples
{
    /// <summary>ISO 3166-1 alpha-2; one of the manifest's.</summary>
    public required string Country { get; init; }

    /// <summary>A name or the beginning of one that finds something; better several.</summary>
    public required string Text { get; init; }

    /// <summary>An organisation number that the register knows, as the CRM stores it.</summary>
    public required string Number { get; init; }

    /// <summary>A name that finds nothing.</summary>
    public required string UnknownText { get; init; }

    /// <summary>An organisation number that the register does not know, in the right form.</summary>
    public required string UnknownNumber { get; init; }
}
