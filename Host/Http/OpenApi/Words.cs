using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crm.Host.Http.OpenApi;

/// <summary>
/// The words of the document: [Description] where there is one, else the comment in the code, which the build has written beside the assembly.
/// So a field is described once, and the description is seen by whoever changes the field.
/// </summary>
internal static partial class Words
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Comments = new();

    /// <summary>What a type is; null = nobody says.</summary>
    public static string? Of(Type type) =>
        type.GetCustomAttribute<DescriptionAttribute>()?.Description ?? Text(Member($"T:{Name(type)}", type)?.Element("summary"));

    /// <summary>What a property is, from its own comment or from the parameter of its record; null = nobody says.</summary>
    public static string? Of(PropertyInfo property)
    {
        if (property.GetCustomAttribute<DescriptionAttribute>() is { } attribute) return attribute.Description;
        var type = property.DeclaringType!;
        return Text(Member($"P:{Name(type)}.{property.Name}", type)?.Element("summary"))
            ?? Text(Member($"T:{Name(type)}", type)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));
    }

    private static XElement? Member(string id, Type type) => Comments.GetOrAdd(type.Assembly, Read).GetValueOrDefault(id);

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(file) ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!) : [];
    }

    /// <summary>A type's name in comments: generic types by their arity, nested ones with a dot.</summary>
    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var words = string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "paramref" } parameter => $"`{JsonNamingPolicy.CamelCase.ConvertName((string)parameter.Attribute("name")!)}`",
            XElement { Name.LocalName: "see" } see => $"`{JsonNamingPolicy.CamelCase.ConvertName(((string?)see.Attribute("cref") ?? "").Split('.', ':')[^1])}`",
            XElement other => $"`{other.Value}`",
            _ => "",
        }));
        // Requirement numbers are for whoever changes the code.
        var plain = Requirement().Replace(Space().Replace(words, " ").Trim(), "");
        return plain.Length == 0 ? null : plain;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@" \([AR]\d+[^)]*\)")]
    private static partial Regex Requirement();
}
