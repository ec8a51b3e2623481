namespace Crm.Contracts;

/// <summary>A field that a column of an imported file can fill.</summary>
/// <param name="Name">The dotted wire name, such as <c>addresses.visiting.street</c>; unique in its list.</param>
/// <param name="Label">What a person calls it, in English.</param>
/// <param name="Synonyms">
/// Column headings that mean this field, in any language. Case, accents, spaces and punctuation do not matter when a heading is compared.
/// No heading may stand for two fields of one list; <paramref name="Name"/> and <paramref name="Label"/> count as synonyms.
/// </param>
public sealed record ImportField(string Name, string Label, IReadOnlyList<string> Synonyms);
