using System.Collections.Concurrent;

namespace Crm.Plugins.Testing;

/// <summary>A company's store in memory, with the server's bounds.</summary>
public sealed class MemoryStore : IPluginStore
{
    private readonly ConcurrentDictionary<string, string> _values = new();

    /// <summary>What is kept.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <inheritdoc />
    public ValueTask<string?> GetAsync(string key, CancellationToken ct) => ValueTask.FromResult(_values.GetValueOrDefault(Checked(key)));

    /// <inheritdoc />
    public ValueTask SetAsync(string key, string? value, CancellationToken ct)
    {
        if (value is null) _values.TryRemove(Checked(key), out _);
        else if (value.Length > 65_536) throw new PluginException(PluginErrorKind.Invalid, "A value has up to 65,536 characters.");
        else if (_values.Count >= 1_000 && !_values.ContainsKey(key)) throw new PluginException(PluginErrorKind.Invalid, "A plugin keeps up to 1,000 keys for a company.");
        else _values[Checked(key)] = value;
        return ValueTask.CompletedTask;
    }

    private static string Checked(string key) => key is { Length: >= 1 and <= 200 } ? key : throw new PluginException(PluginErrorKind.Invalid, "A key has 1 to 200 characters.");
}
