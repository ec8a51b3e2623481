namespace Crm.Plugins;

/// <summary>An address as the outside system has it.</summary>
public sealed record PostalAddress
{
    /// <summary>Street, number, entrance, floor; lines separated by a line feed.</summary>
    public string? Street { get; init; }

    /// <summary>Care of.</summary>
    public string? CareOf { get; init; }

    /// <summary>The post code, as the system writes it.</summary>
    public string? PostCode { get; init; }

    /// <summary>The post town.</summary>
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null = the system does not tell.</summary>
    public string? Country { get; init; }
}
