using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>As much of Elasticsearch as registers are asked with. What it does not know is refused, as the real one refuses a malformed query.</summary>
internal static class Elastic
{
    /// <summary>Answers a search.</summary>
    /// <exception cref="FormatException">The query is malformed, as far as this one understands queries.</exception>
    public static JsonObject Search(IEnumerable<JsonObject> documents, JsonObject question, bool isTotalAnObject)
    {
        var query = (JsonObject?)question["query"] ?? throw new FormatException("No query.");
        var found = documents.Select(d => (Document: d, Score: Score(d, query))).Where(d => d.Score > 0).OrderByDescending(d => d.Score).ToArray();
        if (question["sort"] is JsonArray sort) found = [.. sort.Reverse().Aggregate(found.AsEnumerable(), (rows, by) => rows.OrderBy(r => Order(First(r.Document, ((JsonObject)by!).Single().Key))))];
        var page = found.Skip((int?)question["from"] ?? 0).Take((int?)question["size"] ?? 10);
        return new()
        {
            ["took"] = 2, ["timed_out"] = false,
            ["_shards"] = new JsonObject { ["total"] = 6, ["successful"] = 6, ["skipped"] = 0, ["failed"] = 0 },
            ["hits"] = new JsonObject
            {
                ["total"] = isTotalAnObject ? new JsonObject { ["value"] = found.Length, ["relation"] = "eq" } : found.Length,
                ["max_score"] = found.Length == 0 ? null : found[0].Score,
                ["hits"] = new JsonArray([.. page.Select(r => new JsonObject { ["_type"] = "_doc", ["_score"] = r.Score, ["_source"] = question["_source"] is JsonArray wanted ? Trim(r.Document, wanted) : r.Document.DeepClone() })]),
            },
        };
    }

    private static double Score(JsonObject document, JsonObject clause)
    {
        var (kind, body) = clause.Single();
        if (kind == "match_all") return 1;
        if (kind == "bool") return Bool(document, (JsonObject)body!);
        var (field, value) = ((JsonObject)body!).Single();
        var values = Values(document, field.Split('.')).ToArray();
        return kind switch
        {
            "term" => values.Any(v => Same(v, value!)) ? 1 : 0,
            "terms" => values.Any(v => ((JsonArray)value!).Any(wanted => Same(v, wanted!))) ? 1 : 0,
            "range" => values.Any(v => ((JsonObject)value!).All(bound => Holds(v, bound.Key, bound.Value!))) ? 1 : 0,
            "match" => values.Any(v => Words(v) is var words && Words(Asked(value!)).All(words.Contains)) ? 1 : 0,
            "match_phrase_prefix" => values.Select(v => $" {string.Join(' ', Words(v))}".IndexOf($" {string.Join(' ', Words(Asked(value!)))}", StringComparison.Ordinal) switch { < 0 => 0d, 0 => 3, _ => 2 }).DefaultIfEmpty().Max(),
            _ => throw new FormatException($"No query is called {kind}."),
        };
    }

    private static double Bool(JsonObject document, JsonObject body)
    {
        if (body.Any(b => b.Key is not ("must" or "filter" or "should" or "must_not" or "minimum_should_match"))) throw new FormatException("bool has something that it does not know.");
        var must = Clauses("must").Concat(Clauses("filter")).Select(c => Score(document, c)).ToArray();
        var should = Clauses("should").Select(c => Score(document, c)).ToArray();
        var wanted = (int?)body["minimum_should_match"] ?? (must.Length == 0 && should.Length > 0 ? 1 : 0);
        return must.Any(s => s == 0) || should.Count(s => s > 0) < wanted || Clauses("must_not").Any(c => Score(document, c) > 0) ? 0 : 1 + must.Sum() + should.Sum();

        IEnumerable<JsonObject> Clauses(string kind) => body[kind] switch { JsonArray many => many.Select(c => (JsonObject)c!), JsonObject one => [one], _ => [] };
    }

    private static IEnumerable<JsonNode> Values(JsonNode? node, ReadOnlyMemory<string> path) => node switch
    {
        JsonArray array => array.SelectMany(item => Values(item, path)),
        JsonObject member when path.Length > 0 => Values(member[path.Span[0]], path[1..]),
        JsonValue value when path.Length == 0 => [value],
        _ => [],
    };

    private static JsonNode First(JsonObject document, string field) => Values(document, field.Split('.')).First();
    private static bool Same(JsonNode one, JsonNode other) => Order(one) == Order(other);
    private static JsonNode Asked(JsonNode value) => value is JsonObject options ? options["query"]! : value;
    private static string[] Words(JsonNode text) => text.GetValue<string>().ToLowerInvariant().Split([' ', '-', '/', '.', ',', '&'], StringSplitOptions.RemoveEmptyEntries);

    private static bool Holds(JsonNode value, string bound, JsonNode limit) => (bound, Order(value).CompareTo(Order(limit))) switch
    {
        ("gt", > 0) or ("gte", >= 0) or ("lt", < 0) or ("lte", <= 0) => true,
        ("gt" or "gte" or "lt" or "lte", _) => false,
        _ => throw new FormatException($"No bound is called {bound}."),
    };

    /// <summary>Numbers by value, instants by time.</summary>
    private static decimal Order(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        ? decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture).UtcTicks;

    private static JsonObject Trim(JsonObject document, JsonArray wanted)
    {
        var trimmed = new JsonObject();
        foreach (var path in wanted.Select(w => w!.GetValue<string>().Split('.')))
        {
            JsonNode? from = document;
            var to = trimmed;
            foreach (var step in path[..^1]) (from, to) = (from?[step], (JsonObject)(to[step] ??= new JsonObject()));
            if (from?[path[^1]] is { } value) to[path[^1]] = value.DeepClone();
        }
        return trimmed;
    }
}
