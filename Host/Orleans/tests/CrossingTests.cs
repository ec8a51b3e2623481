using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.SystemTests;

namespace Crm.Host.Grains;

/// <summary>What goes from silo to silo arrives as it was.</summary>
public sealed class CrossingTests
{
    private static readonly Crossing Modules = new(ShippedModules.All.Select(m => m.GetType().Assembly));

    /// <summary>Each command, found by what it is: none can be forgotten.</summary>
    public static TheoryData<string, string> Commands => [.. Modules.Commands.Select(c => (c.Way.ToString(), c.Command.FullName!))];

    public static TheoryData<string> Views => [.. Types().Where(t => t.Name.EndsWith("View", StringComparison.Ordinal)).Select(t => t.FullName!)];

    public static TheoryData<string> States => [.. ShippedModules.Entities.Select(e => e.StateType.FullName!)];

    [Fact]
    public void Every_command_of_every_module_crosses()
    {
        Assert.True(Modules.Commands.Count() > 90, $"{Modules.Commands.Count()} commands");
        var found = Types().SelectMany(t => t.GetInterfaces()).Count(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ICommand<>) || i.GetGenericTypeDefinition() == typeof(IJointCommand<>) || i.GetGenericTypeDefinition() == typeof(IJointCreation<>)));
        Assert.Equal(found, Modules.Commands.Count());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_arrives_as_it_was(string way, string command)
    {
        var type = Types().Single(t => t.FullName == command);
        Assert.True(Modules.Knows(Enum.Parse<Way>(way), new Samples(true).Of(type)!));
        foreach (var full in (bool[])[true, false])
        {
            var (sent, arrived) = Crossed(type, full);
            Assert.Null(Samples.Difference(sent, arrived));
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void An_answer_says_the_same_after_it_has_crossed(string view)
    {
        var type = Types().Single(t => t.FullName == view);
        foreach (var full in (bool[])[true, false])
        {
            var (said, arrived) = Crossed(type, full);
            Assert.Equal(JsonSerializer.Serialize(said, type, Json.Wire), JsonSerializer.Serialize(arrived, type, Json.Wire));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_is_stored_the_same_after_it_has_crossed(string state)
    {
        var type = Types().Single(t => t.FullName == state);
        foreach (var full in (bool[])[true, false])
        {
            var (stored, arrived) = Crossed(type, full);
            Assert.Equal(JsonSerializer.Serialize(stored, type, Json.State), JsonSerializer.Serialize(arrived, type, Json.State));
        }
    }

    [Fact]
    public void The_envelope_and_every_part_of_a_reply_cross_whole()
    {
        foreach (var type in (Type[])[typeof(Call), typeof(Refusal), typeof(StoredAnswer)])
        {
            foreach (var full in (bool[])[true, false])
            {
                var (sent, arrived) = Crossed(type, full);
                Assert.Null(Samples.Difference(sent, arrived));
            }
        }
        // A status that has no name among the kinds.
        var odd = new Refusal((RefusalKind)415, "request.mediaType", "No.");
        Assert.Equal(odd.Kind, JsonSerializer.SerializeToElement(odd, Crossing.Options).Deserialize<Refusal>(Crossing.Options)!.Kind);
    }

    [Fact]
    public void A_name_that_is_no_command_of_a_module_is_nothing()
    {
        Assert.False(Modules.Knows(Way.Send, new Foreign()));
        Assert.False(Modules.Knows(Way.CreateJoint, new Samples(true).Of(Modules.Commands.First(c => c.Way == Way.Send).Command)!));
    }

    [Fact]
    public async Task A_letter_with_a_name_or_a_member_that_is_not_known_here_is_answered_with_nothing_done()
    {
        var call = Call.System(new CompanyRef(1, "nordlys"));
        // There is no runtime at all: whoever began to carry one out would fail.
        Assert.Empty(await Modules.HandleAsync(null!, Crossing.Write(call, 1, Way.Send, new Foreign()), TestContext.Current.CancellationToken));
        foreach (var (way, command) in Modules.Commands)
        {
            var letter = JsonNode.Parse(Crossing.Write(call, 1, way, new Samples(true).Of(command)!))!;
            letter["body"]!["ofANewerVersion"] = 1;
            Assert.Empty(await Modules.HandleAsync(null!, JsonSerializer.SerializeToUtf8Bytes(letter), TestContext.Current.CancellationToken));
        }
    }

    private static (object Sent, object? Arrived) Crossed(Type type, bool full)
    {
        var sent = new Samples(full).Of(type)!;
        return (sent, JsonSerializer.SerializeToElement(sent, type, Crossing.Options).Deserialize(type, Crossing.Options));
    }

    private static IEnumerable<Type> Types() => ShippedModules.All.Select(m => m.GetType().Assembly).Append(typeof(IActors).Assembly).Distinct().SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false, Namespace: not null });

    /// <summary>Looks like a command, and is of no module.</summary>
    private sealed record Foreign : ICommand<Foreign>
    {
        public Decision<Foreign> Decide(Foreign state, Moment at) => Decision.Nothing(state);
    }
}
