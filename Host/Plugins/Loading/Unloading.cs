using System.ComponentModel;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text.Json;

namespace Crm.Plugins.Loading;

/// <summary>
/// Helps an unloaded version out of memory. The runtime frees a load context when nothing refers to its types any more, and some parts of .NET keep types
/// that they have seen: those with a method for hot reload are told to forget them. What else keeps a version is the plugin's fault, and shown.
/// </summary>
public static class Unloading
{
    /// <summary>Whatever is not gone by then is held by something, and collecting often would not help.</summary>
    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(5);

    private static readonly Action<Type[]?>[] Forgetting = [.. new[] { typeof(JsonSerializer).Assembly, typeof(TypeDescriptor).Assembly }.SelectMany(ForgettersOf)];

    /// <summary>Waits until a context is gone, collecting garbage in the background meanwhile: an unloaded context alone gives the collector no reason to run.</summary>
    /// <param name="context">The unloaded context.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="limit">How long to wait.</param>
    /// <returns>True when it is gone.</returns>
    public static async Task<bool> GoneAsync(WeakReference context, TimeProvider clock, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(clock);
        Forget();
        var start = clock.GetTimestamp();
        for (var wait = 50; context.IsAlive && clock.GetElapsedTime(start) is var waited && waited < limit; wait = Math.Min(wait * 2, waited < Usually ? 400 : 5_000))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
            Collect();
        }
        return !context.IsAlive;
    }

    private static long _collecting;

    /// <summary>One collection serves all versions that are being waited for.</summary>
    private static void Collect()
    {
        if (Interlocked.CompareExchange(ref _collecting, 1, 0) != 0) return;
        try
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: false);
            GC.WaitForPendingFinalizers();
        }
        finally { Interlocked.Exchange(ref _collecting, 0); }
    }

    /// <summary>Makes .NET forget what it has cached about types that can be unloaded; what is in use is cached anew.</summary>
    private static void Forget()
    {
        foreach (var forget in Forgetting) forget(null);
    }

    /// <summary>The methods that an assembly names for being told of changed types.</summary>
    private static IEnumerable<Action<Type[]?>> ForgettersOf(Assembly assembly) =>
        assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>()
            .Select(a => a.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])]))
            .OfType<MethodInfo>().Select(m => m.CreateDelegate<Action<Type[]?>>());
}
