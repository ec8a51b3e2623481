using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Crm.Host.Telemetry;

/// <summary>
/// Listens to the meters of this program, of ASP.NET and of the runtime, and keeps what they measured for whoever reads <c>/metrics</c>. Measuring costs
/// no allocation once a set of labels has been seen; the number of sets is bounded, so that no caller can fill the memory.
/// </summary>
internal sealed class Metrics : IHostedService, IDisposable
{
    private const int MostSeries = 1_000;
    private const string Overflow = "overflow=\"true\"";

    private static readonly string[] Foreign = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Kept> _instruments = new();
    private readonly Lock _reading = new();

    /// <param name="meters">This host's factory: another host in the same process has its own meters, which are none of ours.</param>
    public Metrics(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            var meter = instrument.Meter;
            if (meter.Scope is not null && meter.Scope != meters) return;
            if (!meter.Name.StartsWith("Crm.", StringComparison.Ordinal) && !Foreign.Contains(meter.Name)) return;
            listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, i => new Kept(i)));
        };
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, kept) => ((Kept)kept!).Add(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, kept) => ((Kept)kept!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, kept) => ((Kept)kept!).Add(value, tags));
    }

    /// <summary>Begins before the server does, so that no connection is counted only when it ends.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>Everything as it is now.</summary>
    public string Read()
    {
        lock (_reading)
        {
            // What is observed is as it is now: a set of labels that is gone is not shown again.
            foreach (var kept in _instruments.Values) kept.ForgetObserved();
            _listener.RecordObservableInstruments();
            var text = new PrometheusText();
            foreach (var metric in _instruments.Values.Where(k => !k.IsEmpty).GroupBy(k => k.Name).OrderBy(k => k.Key, StringComparer.Ordinal))
            {
                text.Begin(metric.Key, metric.First().Type, metric.First().Help);
                foreach (var kept in metric) kept.Write(text);
            }
            return text.ToString();
        }
    }

    /// <summary>What one instrument has measured, by its labels.</summary>
    private sealed class Kept
    {
        private readonly ConcurrentDictionary<string, Series> _series = new();
        private readonly ConcurrentDictionary<string, Series>.AlternateLookup<ReadOnlySpan<char>> _byText;
        private readonly double[]? _bounds;
        private readonly bool _adds, _observed;

        public Kept(Instrument instrument)
        {
            var kind = instrument.GetType().Name;
            _byText = _series.GetAlternateLookup<ReadOnlySpan<char>>();
            _observed = instrument.IsObservable;
            var isHistogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
            var isCounter = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
            _adds = !_observed && !kind.StartsWith("Gauge", StringComparison.Ordinal);
            _bounds = !isHistogram ? null : instrument.Unit == "s" ? Seconds : Sizes;
            Type = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
            Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, isCounter);
            Help = instrument.Description;
        }

        public bool IsEmpty => _series.IsEmpty;

        public string Name { get; }

        public string Type { get; }

        public string? Help { get; }

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags).Add(value, _adds, _bounds);

        public void ForgetObserved()
        {
            if (_observed) _series.Clear();
        }

        public void Write(PrometheusText text)
        {
            foreach (var (labels, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Write(text, Name, labels, _bounds);
        }

        private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Span<char> labels = stackalloc char[512];
            var length = 0;
            foreach (var (name, value) in tags)
            {
                if (!PrometheusText.TryAppendLabel(labels, ref length, name, value)) return _series.GetOrAdd(Overflow, _ => new Series());
            }
            if (_byText.TryGetValue(labels[..length], out var series)) return series;
            return _series.GetOrAdd(_series.Count < MostSeries ? labels[..length].ToString() : Overflow, _ => new Series());
        }
    }

    private sealed class Series
    {
        private readonly Lock _lock = new();
        private long[]? _counts;
        private double _value;

        public void Add(double value, bool adds, double[]? bounds)
        {
            lock (_lock)
            {
                _value = adds ? _value + value : value;
                if (bounds is null) return;
                var bucket = 0;
                while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
                (_counts ??= new long[bounds.Length + 1])[bucket]++;
            }
        }

        public void Write(PrometheusText text, string name, string labels, double[]? bounds)
        {
            lock (_lock)
            {
                if (bounds is null) text.Sample(name, labels, _value);
                else text.Histogram(name, labels, bounds, _counts ?? new long[bounds.Length + 1], _value);
            }
        }
    }
}
