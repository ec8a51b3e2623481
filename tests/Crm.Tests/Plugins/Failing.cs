using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>One of the program's own parts, which fails when it is told to.</summary>
public class Failing<T> : DispatchProxy where T : class
{
    private T _own = null!;
    private int _failed;

    /// <summary>What a call throws, by its method and arguments; null = it goes on to the part itself.</summary>
    public Func<string, object?[], Exception?>? Fault { get; set; }

    /// <summary>How many calls have failed so.</summary>
    public int Failed => _failed;

    /// <summary>Puts itself before the program's own.</summary>
    public static void Before(IServiceCollection services, Func<string, object?[], Exception?>? fault = null)
    {
        var own = services.Last(s => s.ServiceType == typeof(T));
        services.AddSingleton(p =>
        {
            var proxy = Create<T, Failing<T>>();
            var failing = (Failing<T>)(object)proxy;
            (failing._own, failing.Fault) = ((T)(own.ImplementationInstance ?? own.ImplementationFactory?.Invoke(p) ?? ActivatorUtilities.CreateInstance(p, own.ImplementationType!)), fault);
            return proxy;
        });
    }

    public static Failing<T> Of(CrmApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return (Failing<T>)(object)app.Services.GetRequiredService<T>();
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Fault?.Invoke(targetMethod!.Name, args!) is { } fault)
        {
            Interlocked.Increment(ref _failed);
            throw fault;
        }
        try { return targetMethod!.Invoke(_own, args); }
        catch (TargetInvocationException thrown) { throw thrown.InnerException!; }
    }
}

internal static class Faults
{
    /// <summary>A database that takes no change.</summary>
    public static Exception? NoChange(string method, object?[] args) => method == nameof(IActors.SendAsync) && args[0] is Call { DryRun: false } ? new StorageException("Away.") : null;
}
