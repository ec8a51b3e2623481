using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Crm.Testing.LongestFirst))]

namespace Crm.Testing;

/// <summary>A class that takes minutes. It begins before the others, so that in the end no core waits for it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class TakesLongAttribute : Attribute;

/// <summary>Begins with the classes that take long.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [.. typeof(LongestFirst).Assembly.GetTypes().Where(type => type.IsDefined(typeof(TakesLongAttribute), inherit: false)).Select(type => type.FullName!)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Long.Any(name => collection.TestCollectionDisplayName.Contains($"{name} ", StringComparison.Ordinal)))];
}
