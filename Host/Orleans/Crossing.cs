using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Host.Actors;

namespace Crm.Host.Grains;

/// <summary>Which of the ways of <see cref="IActors"/> a command takes.</summary>
internal enum Way
{
    /// <summary>To one entity.</summary>
    Send,
    /// <summary>To one entity that others take part with.</summary>
    SendJoint,
    /// <summary>A new entity that others take part in.</summary>
    CreateJoint,
}

/// <summary>
/// Commands and replies as bytes: JSON with the name of its type. Names are looked up in a list that is made at the start from the modules' own types,
/// so what comes over the wire chooses among commands and views of this program and nothing else; plugins' types are never among them.
/// </summary>
internal sealed class Crossing
{
    /// <summary>As states in the database, but whole: null is written, because a default could stand in its place when it is read, and what is only worked out is not.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static readonly JsonSerializerOptions Strict = MakeStrict();

    private readonly FrozenDictionary<(Way, string), Passage> _commands;
    private readonly FrozenDictionary<string, Type> _answers;

    /// <param name="assemblies">Those of the modules.</param>
    public Crossing(IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.Append(typeof(IActors).Assembly).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false } && t.Namespace?.StartsWith("Crm", StringComparison.Ordinal) == true && !t.IsDefined(typeof(CompilerGeneratedAttribute))).ToArray();
        // A user's answer is only its id.
        _answers = types.Where(t => t.IsClass).Append(typeof(string)).ToFrozenDictionary(t => t.FullName!);
        _commands = types.SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && WayOf(i) is not null).Select(i => (Way: WayOf(i)!.Value, Command: t, State: i.GetGenericArguments()[0])))
            .ToFrozenDictionary(c => (c.Way, c.Command.FullName!), c => (Passage)Activator.CreateInstance(typeof(Passage<>).MakeGenericType(c.State), c.Way, c.Command)!);
    }

    /// <summary>Every command that crosses, with its way.</summary>
    public IEnumerable<(Way Way, Type Command)> Commands => _commands.Values.Select(p => (p.Way, p.Command));

    /// <summary>False = a command of a type that only this process has: it is carried out here.</summary>
    public bool Knows(Way way, object command) => _commands.TryGetValue((way, command.GetType().FullName!), out var passage) && passage.Command == command.GetType();

    public static byte[] Write(Call call, long number, Way way, object command) => JsonSerializer.SerializeToUtf8Bytes(
        new Letter(way, command.GetType().FullName!, call, number, JsonSerializer.SerializeToElement(command, command.GetType(), Options)), Options);

    /// <summary>Carries out a command that has crossed; empty = this silo has no such command, and nothing is done.</summary>
    public Task<byte[]> HandleAsync(ActorRuntime runtime, byte[] command, CancellationToken ct)
    {
        var letter = JsonSerializer.Deserialize<Letter>(command, Options)!;
        return _commands.TryGetValue((letter.Way, letter.Command), out var passage) ? passage.HandleAsync(this, runtime, letter, ct) : Task.FromResult<byte[]>([]);
    }

    public byte[] Write<TState>(Reply<TState> reply) where TState : class
    {
        var type = reply.Answer?.GetType();
        if (type is not null && !_answers.ContainsKey(type.FullName!)) throw new InvalidOperationException($"{type} is no view of a module, so it cannot cross.");
        return JsonSerializer.SerializeToUtf8Bytes(new Told<TState>(reply with { Answer = null }, type?.FullName, type is null ? null : JsonSerializer.SerializeToElement(reply.Answer, type, Options)), Options);
    }

    public Reply<TState> Read<TState>(byte[] reply) where TState : class
    {
        var told = JsonSerializer.Deserialize<Told<TState>>(reply, Options)!;
        return told.AnswerType is null ? told.Reply : told.Reply with { Answer = told.Answer!.Value.Deserialize(_answers[told.AnswerType], Options) };
    }

    private static JsonSerializerOptions MakeStrict() => new(Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Json.State) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } } };
        // First, so that it is asked first: a refusal's kind may be a status without a name.
        options.Converters.Insert(0, new JsonNumberEnumConverter<RefusalKind>());
        options.Converters.Add(new NameSet());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What the reader could not take: members that follow from others, and those of a merge patch that were not named.</summary>
    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var taken = type.Type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.Properties.ToArray())
        {
            if (property.Set is null && !taken.Contains(property.Name)) type.Properties.Remove(property);
            if (!property.PropertyType.IsGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Optional<>)) continue;
            var unnamed = Activator.CreateInstance(property.PropertyType);
            property.ShouldSerialize = (_, value) => !Equals(value, unnamed);
        }
    }

    private static Way? WayOf(Type contract) => contract.GetGenericTypeDefinition() switch
    {
        var t when t == typeof(ICommand<>) => Way.Send,
        var t when t == typeof(IJointCommand<>) => Way.SendJoint,
        var t when t == typeof(IJointCreation<>) => Way.CreateJoint,
        _ => null,
    };

    /// <summary>The serializer writes such a set, and does not know what to read it as.</summary>
    private sealed class NameSet : JsonConverter<IReadOnlySet<string>>
    {
        public override IReadOnlySet<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<HashSet<string>>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options) => JsonSerializer.Serialize<IEnumerable<string>>(writer, value, options);
    }

    private sealed record Letter(Way Way, string Command, Call Call, long Number, JsonElement Body);

    private sealed record Told<TState>(Reply<TState> Reply, string? AnswerType, JsonElement? Answer) where TState : class;

    /// <summary>How one type of command is read and carried out.</summary>
    private abstract class Passage(Way way, Type command)
    {
        public Way Way => way;

        public Type Command => command;

        public abstract Task<byte[]> HandleAsync(Crossing crossing, ActorRuntime runtime, Letter letter, CancellationToken ct);
    }

    private sealed class Passage<TState>(Way way, Type command) : Passage(way, command) where TState : class
    {
        public override async Task<byte[]> HandleAsync(Crossing crossing, ActorRuntime runtime, Letter letter, CancellationToken ct)
        {
            object? read;
            try { read = letter.Body.Deserialize(Command, Strict); }
            // A silo of another version has written members that are not known here. They must not be lost: whoever asked decides it.
            catch (JsonException) { return []; }
            return crossing.Write(await (Way switch
            {
                Way.Send => runtime.SendAsync(letter.Call, letter.Number, (ICommand<TState>)read!, ct),
                Way.SendJoint => runtime.SendAsync(letter.Call, letter.Number, (IJointCommand<TState>)read!, ct),
                _ => runtime.CreateAsync(letter.Call, (IJointCreation<TState>)read!, ct),
            }));
        }
    }
}
