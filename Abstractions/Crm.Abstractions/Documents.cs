using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm;

/// <summary>Works on states as the journal sees them: JSON documents whose members have a before and an after.</summary>
public static class Documents
{
    /// <summary>Takes a change back where nothing else has touched it since.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="before">The changed members as they were; null = absent.</param>
    /// <param name="after">The same members as the change left them.</param>
    /// <param name="force">True = take it back whatever was changed since.</param>
    /// <returns>The state with the old values, and the members that were changed since and so are left alone.</returns>
    public static (TState State, IReadOnlyList<string> Kept) Revert<TState>(TState state, JsonElement before, JsonElement after, bool force = false) where TState : class
    {
        var document = JsonSerializer.SerializeToNode(state, Json.State)!.AsObject();
        List<string> kept = [];
        foreach (var member in after.EnumerateObject())
        {
            var now = document[member.Name];
            if (!force && !JsonNode.DeepEquals(now, Node(member.Value))) kept.Add(member.Name);
            else Set(document, member.Name, before.TryGetProperty(member.Name, out var old) ? old : default);
        }
        return kept.Count > 0 ? (state, kept) : (document.Deserialize<TState>(Json.State)!, kept);
    }

    /// <summary>The members of a document that no longer have the value that an entry gave them, that came later or that are gone.</summary>
    public static IReadOnlyList<string> ChangedSince<TState>(TState state, JsonElement after) where TState : class
    {
        var document = JsonSerializer.SerializeToNode(state, Json.State)!.AsObject();
        return [.. document.Where(m => !after.TryGetProperty(m.Key, out var then) || !JsonNode.DeepEquals(m.Value, Node(then))).Select(m => m.Key),
            .. after.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null && !document.ContainsKey(m.Name)).Select(m => m.Name)];
    }

    /// <summary>Replays one journal entry onto a document.</summary>
    public static void Replay(JsonObject document, JsonElement after)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var member in after.EnumerateObject()) Set(document, member.Name, member.Value);
    }

    private static void Set(JsonObject document, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) document.Remove(name);
        else document[name] = Node(value);
    }

    private static JsonNode? Node(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());
}
