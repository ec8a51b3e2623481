using System.Collections.Concurrent;

namespace Crm.Companies;

/// <summary>
/// What was read lately, by key. A change on this host is forgotten at once; with several hosts an entry is read anew when it has half its age,
/// by one request while the others go on with it, and is never used past its age. That something does not exist is remembered for two seconds.
/// </summary>
internal sealed class Cached<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue?>> load, TimeSpan maxAge, TimeProvider clock)
    where TKey : notnull where TValue : class
{
    /// <summary>Entries at most. Past it all are forgotten: simpler than to know the least used, and only a flood of made-up keys gets there.</summary>
    private const int Most = 20_000;

    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    public ValueTask<TValue?> GetAsync(TKey key, CancellationToken ct)
    {
        if (!_entries.TryGetValue(key, out var entry) || !entry.IsLoaded) return new(LoadAsync(key, ct));
        var age = clock.GetElapsedTime(entry.At);
        if (age >= (entry.Value is null && maxAge > Absence ? Absence : maxAge)) return new(LoadAsync(key, ct));
        if (maxAge < TimeSpan.MaxValue && age >= maxAge / 2 && entry.TryRefresh()) return new(RefreshAsync(key, entry, ct));
        return new(entry.Value);
    }

    public void Forget(TKey key) => _entries.TryRemove(key, out _);

    private async Task<TValue?> LoadAsync(TKey key, CancellationToken ct)
    {
        if (_entries.Count >= Most) _entries.Clear();
        // The entry is put in before the row is read: a change that commits meanwhile forgets the entry, and the next call reads again.
        var entry = _entries[key] = new Entry(clock.GetTimestamp());
        return entry.Load(await load(key, ct));
    }

    private async Task<TValue?> RefreshAsync(TKey key, Entry old, CancellationToken ct)
    {
        var entry = new Entry(clock.GetTimestamp());
        var value = entry.Load(await load(key, ct));
        _entries.TryUpdate(key, entry, old);
        return value;
    }

    private sealed class Entry(long at)
    {
        private int _refreshing;
        private volatile bool _loaded;

        public long At { get; } = at;

        public TValue? Value { get; private set; }

        public bool IsLoaded => _loaded;

        public TValue? Load(TValue? value)
        {
            Value = value;
            _loaded = true;
            return value;
        }

        public bool TryRefresh() => Interlocked.Exchange(ref _refreshing, 1) == 0;
    }
}
