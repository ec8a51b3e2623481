namespace Crm.Plugins.Testing;

/// <summary>A clock that a test sets.</summary>
/// <param name="now">What it says at first.</param>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>What it says.</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Now;
}
