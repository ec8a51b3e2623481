using System.Text.Json;
using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.Host.Http;

/// <summary>Leaves out of the journal what happened to rows that a caller does not see, such as the private views of others. What counts is the row of now.</summary>
internal sealed class HiddenRows(Catalog catalog, IStore store, IActors actors)
{
    private readonly Dictionary<string, IEntity> _kinds = catalog.All.Where(e => e.HasHiddenRows).ToDictionary(e => e.Kind);

    public async Task<IReadOnlyList<Event>> LeftOutAsync(Call call, IReadOnlyList<Event> events, CancellationToken ct)
    {
        HashSet<(string Kind, long Number)> hidden = [];
        foreach (var kind in events.Where(e => _kinds.ContainsKey(e.Kind)).GroupBy(e => e.Kind, e => e.Number))
        {
            var (entity, settings) = (_kinds[kind.Key], await actors.SettingsAsync(call.Company, ct));
            foreach (var (number, row) in await store.LoadManyAsync(entity, call.Company, [.. kind.Distinct()], ct))
            {
                if (!entity.IsSeenBy(JsonSerializer.Deserialize(row.Document, entity.StateType, Json.State)!, call.Caller, settings)) hidden.Add((kind.Key, number));
            }
        }
        return hidden.Count == 0 ? events : [.. events.Where(e => !hidden.Contains((e.Kind, e.Number)))];
    }
}
