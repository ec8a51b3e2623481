namespace Crm.Benchmarks.Load;

/// <summary>Every request's time, in microseconds; exact percentiles, since a run is short.</summary>
internal sealed class Latencies
{
    private readonly List<int> _micros = new(1 << 16);

    public int Count => _micros.Count;

    public void Add(long micros) => _micros.Add((int)Math.Min(micros, int.MaxValue));

    /// <summary>The time in milliseconds that this share of the requests did not exceed.</summary>
    public double Percentile(double share)
    {
        if (_micros.Count == 0) return double.NaN;
        _micros.Sort();
        return _micros[Math.Min(_micros.Count - 1, (int)Math.Ceiling(share * _micros.Count) - 1)] / 1000.0;
    }
}
