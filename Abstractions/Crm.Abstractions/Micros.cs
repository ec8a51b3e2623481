namespace Crm;

/// <summary>Instants as the database keeps them: whole microseconds since 1970, UTC.</summary>
public static class Micros
{
    /// <summary>An instant as a column has it.</summary>
    public static long Of(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A column's value as an instant.</summary>
    public static DateTimeOffset ToInstant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Cuts an instant to what the database keeps, so that what is answered is what is stored.</summary>
    public static DateTimeOffset Cut(DateTimeOffset at) => ToInstant(Of(at));
}
