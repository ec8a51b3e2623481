using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Crm.Plugins;

namespace Crm.Tests.Plugins;

/// <summary>What plugins are built against changes only where a review sees it.</summary>
public sealed partial class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Type[] Types = [.. typeof(IPlugin).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)];
    private readonly NullabilityInfoContext _nullability = new();

    [Fact]
    public void The_contract_is_the_one_that_PublicApi_txt_lists()
    {
        var actual = string.Concat(Types.Select(Listed));
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"), actual);
        using var listed = new StreamReader(typeof(PublicApiTests).Assembly.GetManifestResourceStream("PublicApi.txt")!);
        // On purpose: raise the contract's version where plugins need to know, and copy PublicApi.txt from the tests' output over the listed one.
        Assert.Equal(listed.ReadToEnd(), actual);
    }

    [Fact]
    public void The_assembly_the_package_and_the_contract_have_one_version()
    {
        var assembly = typeof(IPlugin).Assembly;
        Assert.Equal(PluginContract.Version.ToString(2), assembly.GetName().Version!.ToString(2));
        Assert.StartsWith(PluginContract.Version.ToString(2) + ".", assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contract_needs_nothing_but_dotnet() =>
        Assert.All(typeof(IPlugin).Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Answers_can_hold_nothing_of_a_plugins_own()
    {
        var records = Types.Where(t => t.GetMethod("<Clone>$") is not null).ToArray();
        Assert.True(records.Length > 10);
        Assert.All(records, record => Assert.True(record.IsSealed && record.GetConstructors().All(c => c.GetParameters().Length == 0 || record.IsValueType), $"{record.Name} is positional or open."));
        foreach (var property in records.SelectMany(r => r.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            type = type.GetElementType() ?? type;
            Assert.True(type.IsGenericParameter || type.IsEnum || Types.Contains(type) || (type.Namespace == "System" && type.IsSealed && type != typeof(object)), $"{property.DeclaringType!.Name}.{property.Name}");
        }
    }

    private string Listed(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsValueType ? "struct" : type.IsSealed ? "sealed class" : "class";
        var bases = type.IsEnum ? [] : type.GetInterfaces().Where(i => !i.IsGenericType).Concat(type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? [b] : []).Select(Name).Order(StringComparer.Ordinal).ToArray();
        var text = new StringBuilder($"{kind} {Name(type)}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}\n");
        foreach (var member in type.GetMembers(Declared).Select(m => Listed(m, type)).OfType<string>().Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        return text.Append('\n').ToString();
    }

    private string? Listed(MemberInfo member, Type type) => member switch
    {
        { } written when Compilers().IsMatch(written.Name) => null,
        FieldInfo { IsPublic: true, IsSpecialName: false } field => type.IsEnum ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}" : $"{Name(field.FieldType)} {field.Name}",
        PropertyInfo property when property.GetMethod is { IsPublic: true } getter =>
            $"{(getter.IsStatic ? "static " : "")}{(property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : "")}{Name(property.PropertyType)}{Mark(property.PropertyType, _nullability.Create(property).ReadState)} {property.Name} {{ get;{(property.SetMethod is null ? "" : " init;")} }}",
        ConstructorInfo { IsPublic: true } constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsPublic: true, IsSpecialName: false } method when method.GetBaseDefinition().DeclaringType == type && !Records().IsMatch(method.Name) =>
            $"{(method.IsStatic ? "static " : method is { IsAbstract: false } && type.IsInterface ? "default " : "")}{Name(method.ReturnType)}{Mark(method.ReturnType, _nullability.Create(method.ReturnParameter).ReadState)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)}{Mark(p.ParameterType, _nullability.Create(p).ReadState)} {p.Name}{(p.HasDefaultValue ? $" = {p.RawDefaultValue ?? "default"}" : "")}"));

    private static string Mark(Type type, NullabilityState state) => !type.IsValueType && state == NullabilityState.Nullable ? "?" : "";

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    /// <summary>What the compiler writes for records.</summary>
    [GeneratedRegex("^(<.*|EqualityContract|PrintMembers)$")]
    private static partial Regex Compilers();

    [GeneratedRegex("^(Equals|GetHashCode|ToString|Deconstruct)$")]
    private static partial Regex Records();
}
