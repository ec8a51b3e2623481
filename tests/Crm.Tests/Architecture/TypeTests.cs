using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Crm.Tests.Architecture;

public sealed partial class TypeTests
{
    private static readonly Assembly[] Modules = [.. Source.Modules.Select(m => Assembly.Load($"Crm.{m}"))];

    private static readonly Assembly[] All = [.. Modules, typeof(IModule).Assembly, typeof(Program).Assembly];

    [Fact]
    public void Classes_are_sealed_unless_they_are_made_to_be_derived_from()
    {
        var open = All.SelectMany(Own).Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false }).ToHashSet();
        open.ExceptWith(All.SelectMany(Own).Select(t => t.BaseType!).Where(b => b is not null).Select(b => b.IsGenericType ? b.GetGenericTypeDefinition() : b));
        open.Remove(typeof(Program));
        Assert.Empty(open);
    }

    [Fact]
    public void A_module_shows_itself_and_what_goes_over_the_wire_and_nothing_else()
    {
        foreach (var module in Modules)
        {
            HashSet<Type> wire = [];
            foreach (var method in Own(module).SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
            {
                foreach (var type in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType)) Add(type, wire, module, false);
            }
            Assert.DoesNotContain(Own(module), t => t.IsPublic && !typeof(IModule).IsAssignableFrom(t) && !wire.Contains(t));
            Assert.Single(Own(module), t => typeof(IModule).IsAssignableFrom(t));
        }
    }

    [Fact]
    public void Interfaces_have_a_second_home_or_a_second_implementation()
    {
        foreach (var module in Modules)
        {
            foreach (var boundary in Own(module).Where(t => t.IsInterface))
                Assert.True(Own(module).Count(t => t.IsClass && boundary.IsAssignableFrom(t)) > 1, boundary.FullName);
        }
    }

    [Fact]
    public void Every_refusal_code_has_a_test()
    {
        var tests = string.Concat(Source.Tests.Select(File.ReadAllText));
        var codes = Source.Code("Modules").Concat(Source.Code("Host")).Concat(Source.Code("Abstractions")).Except(Source.Tests).SelectMany(f => File.ReadAllLines(f))
            .SelectMany(l => Codes().Matches(l).Select(m => m.Groups[1].Value)).Distinct();
        Assert.Empty(codes.Where(c => !tests.Contains($"\"{c}\"", StringComparison.Ordinal) && !tests.Contains($":{c}\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>Members of what is on the wire are on the wire too.</summary>
    private static void Add(Type type, HashSet<Type> wire, Assembly module, bool onWire)
    {
        if (type.HasElementType) { Add(type.GetElementType()!, wire, module, onWire); return; }
        if (type.IsGenericType)
        {
            var isWire = onWire || type.GetGenericTypeDefinition() == typeof(Body<>) || type.GetGenericTypeDefinition() == typeof(Answer<>);
            foreach (var argument in type.GetGenericArguments()) Add(argument, wire, module, isWire);
        }
        if (!onWire || type.Assembly != module || !wire.Add(type)) return;
        foreach (var property in type.GetProperties()) Add(property.PropertyType, wire, module, true);
    }

    private static IEnumerable<Type> Own(Assembly assembly) =>
        assembly.GetTypes().Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !t.Name.Contains('<', StringComparison.Ordinal) && t.Namespace?.StartsWith("Crm", StringComparison.Ordinal) == true || t == typeof(Program));

    // What makes a refusal or a problem has the code as its first or second argument.
    [GeneratedRegex(@"(?:(?:Invalid|Conflict|Malformed)\(|RefusalKind\)?[\w.]*, |Status\d\w+, |new(?: Problem)?\((?:\$?""[^""]*""|\w+), |new\((?=""import\.)|Wrong\([^,""]+, |Wrong\(""[^""]*"", )""([a-z][A-Za-z]*(?:\.[a-zA-Z]+)+)"",")]
    private static partial Regex Codes();
}
