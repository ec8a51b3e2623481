using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Host.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Core;

public sealed class DocumentTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":3}""", """{"before":{"b":2},"after":{"b":3}}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":{"c":[1,2]}}""", """{"before":{"b":null},"after":{"b":{"c":[1,2]}}}""")]
    [InlineData("""{"a":1,"b":"å"}""", """{"a":1}""", """{"before":{"b":"å"},"after":{"b":null}}""")]
    [InlineData("", """{"a":1}""", """{"before":{"a":null},"after":{"a":1}}""")]
    [InlineData("""{"a":1}""", """{"a":1}""", """{"before":{},"after":{}}""")]
    [InlineData("""{"a":{"x":1}}""", """{"a":{"x":2}}""", """{"before":{"a":{"x":1}},"after":{"a":{"x":2}}}""")]
    public void A_change_names_the_same_members_on_both_sides(string before, string after, string change) =>
        Assert.Equal(change, DocumentChange.Of(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after)));

    [Fact]
    public void Two_states_are_compared_as_their_documents_are() =>
        Prop.ForAll(WholesOf.ToArbitrary(), WholesOf.ToArbitrary(), (before, after) =>
            DocumentChange.Of(typeof(Whole), before, after) == DocumentChange.Of(JsonSerializer.SerializeToUtf8Bytes(before, Json.State), JsonSerializer.SerializeToUtf8Bytes(after, Json.State))
            && DocumentChange.Of(typeof(Whole), null, after) == DocumentChange.Of([], JsonSerializer.SerializeToUtf8Bytes(after, Json.State))).QuickCheckThrowOnFailure();

    [Fact]
    public void Replaying_changes_gives_the_last_document() =>
        Prop.ForAll(DocumentsOf.ToArbitrary(), documents =>
        {
            var replayed = new JsonObject();
            var before = "";
            foreach (var document in documents)
            {
                Documents.Replay(replayed, Side(DocumentChange.Of(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(document)), "after"));
                before = document;
            }
            return JsonNode.DeepEquals(replayed, JsonNode.Parse(before.Length == 0 ? "{}" : before));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_a_change_back_restores_what_it_replaced_and_nothing_else()
    {
        var state = new Thing("new", 2, "other");
        var (reverted, kept) = Documents.Revert(state, Of("""{"name":"old","size":null}"""), Of("""{"name":"new","size":2}"""));
        Assert.Empty(kept);
        Assert.Equal(new Thing("old", null, "other"), reverted);
    }

    [Fact]
    public void A_member_that_was_changed_since_is_named_and_then_nothing_is_taken_back()
    {
        var state = new Thing("newest", 2, null);
        var (reverted, kept) = Documents.Revert(state, Of("""{"name":"old","size":null}"""), Of("""{"name":"new","size":2}"""));
        Assert.Equal(["name"], kept);
        Assert.Same(state, reverted);
        Assert.Equal(new Thing("old", null, null), Documents.Revert(state, Of("""{"name":"old","size":null}"""), Of("""{"name":"new","size":2}"""), force: true).State);
    }

    [Fact]
    public void What_came_or_changed_later_is_told()
    {
        Assert.Equal(["name", "note"], Documents.ChangedSince(new Thing("newest", 2, "later"), Of("""{"name":"new","size":2}""")));
        Assert.Equal(["size"], Documents.ChangedSince(new Thing("new", null, null), Of("""{"name":"new","size":2}""")));
        Assert.Empty(Documents.ChangedSince(new Thing("new", 2, null), Of("""{"name":"new","size":2}""")));
    }

    // 1.5 and 1.50 are equal, and so are the two instants, but their texts differ.
    private static readonly Gen<Whole> WholesOf =
        from name in Gen.Elements("a", "å")
        from size in Gen.Elements<int?>(null, 1, 2)
        from note in Gen.Elements(null, "x", "y")
        from amount in Gen.Elements<decimal?>(null, 1.5m, 1.50m)
        from at in Gen.Elements(new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 7, 13, 0, 0, TimeSpan.FromHours(1)))
        from tags in Gen.Elements<string[]>([], ["t"])
        from hidden in Gen.Elements(false, true)
        select new Whole(name, size, note, amount, at, [.. tags], hidden, note);

    private static readonly Gen<string[]> DocumentsOf = Gen.SubListOf("a", "b", "c", "d")
        .SelectMany(names => Gen.Elements("1", "\"x\"", "[1,2]", "{\"y\":true}", "1.50").ArrayOf(names.Count).Select(values => $"{{{string.Join(',', names.Zip(values, (n, v) => $"\"{n}\":{v}"))}}}"))
        .ArrayOf();

    private static JsonElement Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static JsonElement Side(string change, string side) => Of(change).GetProperty(side);

    private sealed record Thing(string Name, int? Size, string? Note);

    private sealed record Whole(
        string Name, int? Size, string? Note, decimal? Amount, DateTimeOffset At, string[] Tags,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Marked, [property: JsonIgnore] string? Derived);
}
