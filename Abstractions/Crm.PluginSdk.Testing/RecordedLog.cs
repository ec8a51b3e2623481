using System.Collections.Concurrent;

namespace Crm.Plugins.Testing;

/// <summary>Keeps log lines for a test to look at.</summary>
public sealed class RecordedLog : IPluginLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was logged, such as <c>Warning: The register is slow.</c></summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <inheritdoc />
    public void Debug(string message) => _lines.Enqueue($"Debug: {message}");

    /// <inheritdoc />
    public void Information(string message) => _lines.Enqueue($"Information: {message}");

    /// <inheritdoc />
    public void Warning(string message) => _lines.Enqueue($"Warning: {message}");
}
