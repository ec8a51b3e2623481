using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>
/// The committed settings of each company. A change on this host shows at once; with several hosts the others' changes show when an entry has
/// reached its age.
/// </summary>
internal sealed class SettingsCache(Catalog catalog, IStore store, TimeProvider clock, TimeSpan maxAge)
{
    private readonly ConcurrentDictionary<int, Entry> _companies = new();

    public async ValueTask<ISettings> GetAsync(CompanyRef company, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (_companies.TryGetValue(company.Id, out var entry) && clock.GetElapsedTime(entry.At, now) < maxAge && entry.Loaded is { } loaded) return loaded;
        // The entry is put in before its rows are read: a change that commits meanwhile forgets the entry, and the next call reads again.
        entry = new Entry(now);
        _companies[company.Id] = entry;
        Dictionary<Type, object> states = [];
        foreach (var entity in catalog.Settings)
        {
            var row = await store.LoadAsync(entity, company.Id, IActors.Settings, ct);
            states[entity.StateType] = row is null ? entity.Default(company) : JsonSerializer.Deserialize(row.Document, entity.StateType, Json.State)!;
        }
        return entry.Loaded = new Loaded(states, clock);
    }

    public void Forget(int company) => _companies.TryRemove(company, out _);

    private sealed class Entry(long at)
    {
        public long At { get; } = at;

        public Loaded? Loaded { get; set; }
    }

    private sealed class Loaded(Dictionary<Type, object> states, TimeProvider clock) : ISettings
    {
        public DateTimeOffset Now => clock.GetUtcNow();

        public TSettings Get<TSettings>() where TSettings : class => (TSettings)states[typeof(TSettings)];
    }
}
