namespace Crm.Accounting;

/// <summary>When it is worth asking an accounting system again.</summary>
internal static class BackOff
{
    /// <summary>Half a minute, doubled up to an hour, and never the same for all: many companies fail together when a system is away.</summary>
    /// <param name="failures">In a row, before this one.</param>
    /// <param name="asked">What the system itself asks for; null = nothing.</param>
    public static TimeSpan After(int failures, TimeSpan? asked)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, failures), 3_600)) * (0.75 + (Random.Shared.NextDouble() / 2));
        return asked > wait ? asked.Value + (wait * 0.1) : wait;
    }
}
