using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Crm.Host.Grains;

/// <summary>Makes a value of any type of plain data, and compares two of them member by member, whatever their own equality says.</summary>
/// <param name="full">True = everything is there, and differs from its default; false = everything that may be absent is.</param>
internal sealed class Samples(bool full)
{
    private int _made;

    public object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return full ? Of(inner, depth) : null;
        if (type == typeof(string)) return full ? string.Create(CultureInfo.InvariantCulture, $"text {_made++} åäö") : "";
        if (type == typeof(bool)) return full;
        if (type == typeof(int)) return full ? ++_made : 0;
        if (type == typeof(long)) return full ? (1L << 40) + _made++ : 0L;
        if (type == typeof(double)) return full ? 0.1 + _made++ : 0d;
        if (type == typeof(decimal)) return full ? 12.50m + _made++ : 0m;
        if (type == typeof(DateTimeOffset)) return full ? new DateTimeOffset(2026, 11, 22, 20, 15, 1, TimeSpan.Zero).AddTicks(1_234_567 + _made++) : default;
        if (type == typeof(DateOnly)) return full ? new DateOnly(2026, 11, 22).AddDays(_made++) : default;
        if (type == typeof(TimeSpan)) return full ? TimeSpan.FromMilliseconds(12_345 + _made++) : default;
        if (type == typeof(Type)) return typeof(string);
        if (type == typeof(JsonElement)) return JsonSerializer.SerializeToElement(new { a = 1.50m, b = (string?)null, c = (int[])[1, 2] });
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>([1, 2, 3]);
        if (type.IsEnum) return full ? Enum.GetValues(type).Cast<object>().Last() : Enum.GetValues(type).GetValue(0);
        if (type.IsArray) return Filled(type.GetElementType()!, depth);
        if (type.IsGenericType && Collection(type, depth) is { } collection) return collection;
        return depth > 5 ? null : Made(type, depth);
    }

    /// <summary>Where two values differ; null = nowhere.</summary>
    public static string? Difference(object? one, object? other, string path = "")
    {
        if (ReferenceEquals(one, other)) return null;
        if (one is null || other is null) return $"{path}: {one ?? "null"} and {other ?? "null"}";
        if (one is JsonElement a && other is JsonElement b) return JsonElement.DeepEquals(a, b) ? null : $"{path}: {a} and {b}";
        if (one is ReadOnlyMemory<byte> c && other is ReadOnlyMemory<byte> d) return c.Span.SequenceEqual(d.Span) ? null : path;
        if (one is IEnumerable and not string && other is IEnumerable)
        {
            var (left, right) = (((IEnumerable)one).Cast<object?>().ToArray(), ((IEnumerable)other).Cast<object?>().ToArray());
            return left.Length != right.Length ? $"{path}: {left.Length} and {right.Length} items" : left.Zip(right).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
        }
        if (one.GetType() != other.GetType()) return $"{path}: {one.GetType()} and {other.GetType()}";
        if (one.GetType() is { IsPrimitive: true } or { IsEnum: true } || one is string or decimal or DateTimeOffset or DateOnly or TimeSpan) return one.Equals(other) ? null : $"{path}: {one} and {other}";
        return Fields(one.GetType()).Select(f => Difference(f.GetValue(one), f.GetValue(other), $"{path}.{f.Name}")).FirstOrDefault(d => d is not null);
    }

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.BaseType is { } from && from != typeof(object) ? Fields(from).Concat(Own(type)) : Own(type);

    private static FieldInfo[] Own(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    private object? Collection(Type type, int depth)
    {
        var (kind, of) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        if (kind == typeof(Optional<>)) return full ? Activator.CreateInstance(type, Of(of[0], depth + 1)) : Activator.CreateInstance(type);
        if (kind == typeof(IReadOnlyList<>) || kind == typeof(IReadOnlyCollection<>) || kind == typeof(IEnumerable<>)) return Filled(of[0], depth);
        if (kind == typeof(List<>)) return Activator.CreateInstance(type, Filled(of[0], depth));
        if (kind == typeof(IReadOnlySet<>)) return Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(of), Filled(of[0], depth));
        if (kind != typeof(IReadOnlyDictionary<,>) && kind != typeof(Dictionary<,>)) return null;
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        if (full && Of(of[0], depth + 1) is { } key) map[key] = Of(of[1], depth + 1);
        return map;
    }

    private Array Filled(Type item, int depth)
    {
        object?[] items = full && depth < 4 ? [Of(item, depth + 1), Of(item, depth + 1)] : [];
        if (items.Contains(null)) items = [];
        var array = Array.CreateInstance(item, items.Length);
        items.CopyTo(array, 0);
        return array;
    }

    private object Made(Type type, int depth)
    {
        var nullability = new NullabilityInfoContext();
        // The one that is not for copies, and takes most.
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public).Where(c => c.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length);
        object made;
        if (constructor is null) made = type.IsValueType ? Activator.CreateInstance(type)! : RuntimeHelpers.GetUninitializedObject(type);
        else made = constructor.Invoke([.. constructor.GetParameters().Select(p => full || nullability.Create(p).ReadState != NullabilityState.Nullable ? Of(p.ParameterType, depth + 1) : null)]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.GetIndexParameters().Length == 0 && p.GetMethod!.IsPublic))
        {
            if (constructor?.GetParameters().Any(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase)) == true) continue;
            if (full || property.GetCustomAttribute<RequiredMemberAttribute>() is not null && nullability.Create(property).WriteState != NullabilityState.Nullable) property.SetValue(made, Of(property.PropertyType, depth + 1));
            else if (nullability.Create(property).WriteState == NullabilityState.Nullable) property.SetValue(made, null);
        }
        return made;
    }
}
