using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Host.Storage;

/// <summary>What a change did to a document, member by member: <c>{"before":{…},"after":{…}}</c>; an absent member is null on that side.</summary>
internal static class DocumentChange
{
    [ThreadStatic]
    private static Work? _work;

    /// <summary>Compares two states as <see cref="Json.State"/> writes them. Only members that may differ are written at all.</summary>
    /// <param name="type">Of both states.</param>
    /// <param name="before">Null for a new entity.</param>
    /// <param name="after">The state now.</param>
    public static string Of(Type type, object? before, object after)
    {
        var work = _work ??= new();
        Reset(work.BeforeOutput, work.BeforeWriter);
        Reset(work.AfterOutput, work.AfterWriter);
        var members = Json.State.GetTypeInfo(type).Properties;
        if (before is not null) WriteDiffering(work.BeforeWriter, members, before, after);
        WriteDiffering(work.AfterWriter, members, after, before);
        return Of(work.BeforeOutput.WrittenSpan, work.AfterOutput.WrittenSpan);
    }

    /// <summary>Compares two documents that the same serializer wrote.</summary>
    /// <param name="before">Empty for a new entity.</param>
    /// <param name="after">The document now.</param>
    public static string Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var work = _work ??= new();
        work.Clear();
        Read(before, work.Before);
        Read(after, work.After);
        var writer = work.Writer;
        writer.WriteStartObject();
        WriteSide(writer, "before"u8, work.Before, before, work.After, after);
        WriteSide(writer, "after"u8, work.After, after, work.Before, before);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(work.Output.WrittenSpan);
    }

    private static void WriteDiffering(Utf8JsonWriter writer, IList<JsonPropertyInfo> members, object mine, object? other)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            if (member.Get is not { } get || get(mine) is not { } value) continue;
            if (other is not null && IsSame(value, get(other))) continue;
            if (member.ShouldSerialize is { } should && !should(mine, value)) continue;
            writer.WritePropertyName(member.Name);
            JsonSerializer.Serialize(writer, value, Json.State.GetTypeInfo(member.PropertyType));
        }
        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>True when the text is the same for certain. Amounts and instants can be equal and written differently.</summary>
    private static bool IsSame(object one, object? other) => ReferenceEquals(one, other) || (one is string or bool or int or long && one.Equals(other));

    private static void Reset(ArrayBufferWriter<byte> output, Utf8JsonWriter writer)
    {
        output.ResetWrittenCount();
        writer.Reset();
    }

    private static void WriteSide(Utf8JsonWriter writer, ReadOnlySpan<byte> side, List<Member> mine, ReadOnlySpan<byte> myText, List<Member> other, ReadOnlySpan<byte> otherText)
    {
        writer.WriteStartObject(side);
        var hint = 0;
        foreach (var member in mine)
        {
            var twin = Find(other, otherText, myText[member.Name], ref hint);
            var value = myText[member.Value];
            if (twin is { } t && otherText[t.Value].SequenceEqual(value)) continue;
            WriteName(writer, myText[member.Name]);
            writer.WriteRawValue(value, skipInputValidation: true);
        }
        // What only the other side has is null here: a change names the same members on both sides.
        hint = 0;
        foreach (var member in other)
        {
            if (Find(mine, myText, otherText[member.Name], ref hint) is not null) continue;
            WriteName(writer, otherText[member.Name]);
            writer.WriteNullValue();
        }
        writer.WriteEndObject();
    }

    /// <summary>Names are copied as they were written, escapes included.</summary>
    private static void WriteName(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        if (!name.Contains((byte)'\\')) writer.WritePropertyName(name);
        else writer.WritePropertyName(JsonSerializer.Deserialize<string>([(byte)'"', .. name, (byte)'"'])!);
    }

    private static Member? Find(List<Member> members, ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, ref int hint)
    {
        // Both documents have their members in the same order: the twin is at the hint or a little further on.
        for (var i = 0; i < members.Count; i++)
        {
            var at = (hint + i) % members.Count;
            if (!text[members[at].Name].SequenceEqual(name)) continue;
            hint = at + 1;
            return members[at];
        }
        return null;
    }

    private static void Read(ReadOnlySpan<byte> document, List<Member> members)
    {
        if (document.IsEmpty) return;
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The token starts at its quote.
            var name = ((int)reader.TokenStartIndex + 1)..((int)reader.TokenStartIndex + 1 + reader.ValueSpan.Length);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new(name, start..(int)reader.BytesConsumed));
        }
    }

    /// <summary>Where a member's name, without quotes, and its value are.</summary>
    private readonly record struct Member(Range Name, Range Value);

    /// <summary>What one comparison needs, kept by each thread.</summary>
    private sealed class Work
    {
        public Work() => (Writer, BeforeWriter, AfterWriter) = (To(Output), To(BeforeOutput), To(AfterOutput));

        public List<Member> Before { get; } = new(48);
        public List<Member> After { get; } = new(48);
        public ArrayBufferWriter<byte> Output { get; } = new(1_024);
        public Utf8JsonWriter Writer { get; }
        public ArrayBufferWriter<byte> BeforeOutput { get; } = new(1_024);
        public Utf8JsonWriter BeforeWriter { get; }
        public ArrayBufferWriter<byte> AfterOutput { get; } = new(1_024);
        public Utf8JsonWriter AfterWriter { get; }

        public void Clear()
        {
            Before.Clear();
            After.Clear();
            Reset(Output, Writer);
        }

        private static Utf8JsonWriter To(ArrayBufferWriter<byte> output) => new(output, new JsonWriterOptions { SkipValidation = true, Encoder = Json.State.Encoder });
    }
}
