using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Crm.Contracts;

/// <summary>What can be done to many entities of one kind at once. Registered by the module that owns them.</summary>
public interface IBulkTarget
{
    /// <summary>The kind, such as <c>partner</c>.</summary>
    string Kind { get; }

    /// <summary>The right that every action needs, such as <c>partners:write</c>.</summary>
    string Right { get; }

    /// <summary>The actions' names on the wire, such as <c>partner.setStage</c>.</summary>
    IReadOnlyList<string> Actions { get; }

    /// <summary>All that is wrong with what an action is to set, by pointers below it; null = nothing.</summary>
    Refusal? Check(string action, JsonElement? set, Moment at);

    /// <summary>Makes the commands for some entities; the same commands as for single writes, so that every rule holds.</summary>
    Task<IReadOnlyList<Send>> CommandsAsync(CompanyRef company, string action, JsonElement? set, IReadOnlyList<long> numbers, CancellationToken ct);

    /// <summary>What an entity has now where the action sets something, for a person; null = nothing.</summary>
    string? Current(string action, JsonElement? set, object state);

    /// <summary>The numbers that a filter finds in the kind's list.</summary>
    Task<(Refusal? Refusal, IReadOnlyList<long> Numbers)> NumbersAsync(ILists lists, Call call, IQueryCollection filter, int most, CancellationToken ct);
}

/// <summary>The usual <see cref="IBulkTarget"/>.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
/// <typeparam name="TFields">What a caller may write on one, as in its PATCH.</typeparam>
/// <param name="list">Whose filters are understood.</param>
/// <param name="right">The right that every action needs.</param>
public sealed class BulkTarget<TState, TFields>(ListOf<TState> list, string right) : IBulkTarget where TState : class where TFields : class
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    private readonly Dictionary<string, BulkAction<TState, TFields>> _actions = [];

    /// <summary>A sound entity on which an action is tried before any row is: what is refused of it would be refused of all.</summary>
    public required Func<ISettings, TState> Sample { get; init; }

    /// <summary>Finds the entities for which something holds that their commands have to be told, since they cannot see it; null = there is no such thing.</summary>
    public Func<CompanyRef, IReadOnlyList<long>, CancellationToken, Task<IReadOnlySet<long>>>? MarkedAsync { get; init; }

    /// <summary>Shows the members that actions set, by their wire names.</summary>
    public required IReadOnlyDictionary<string, Func<TState, string?>> Values { get; init; }

    /// <summary>What can be done.</summary>
    public required IReadOnlyList<BulkAction<TState, TFields>> Does
    {
        init => _actions = value.ToDictionary(a => $"{list.Entity.Kind}.{a.Name}");
    }

    /// <inheritdoc />
    public string Kind => list.Entity.Kind;

    /// <inheritdoc />
    public string Right => right;

    /// <inheritdoc />
    public IReadOnlyList<string> Actions => [.. _actions.Keys];

    /// <inheritdoc />
    public Refusal? Check(string action, JsonElement? set, Moment at)
    {
        var one = _actions[action];
        var given = set ?? Nothing;
        try
        {
            var fields = Body<TFields>.Read(given);
            return Named(one, given) ?? (one.Command(fields, false).Decide(Sample(at.Settings), at).Refusal is { Problems.Count: > 0 } refusal ? refusal : null);
        }
        catch (RefusedException wrong)
        {
            return wrong.Refusal.Problems.Count > 0 ? wrong.Refusal : Refusal.Malformed([new("", wrong.Refusal.Code, wrong.Refusal.Detail)]);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Send>> CommandsAsync(CompanyRef company, string action, JsonElement? set, IReadOnlyList<long> numbers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var fields = Body<TFields>.Read(set ?? Nothing);
        var (command, ofMarked) = (_actions[action].Command(fields, false), _actions[action].Command(fields, true));
        var marked = MarkedAsync is null ? null : await MarkedAsync(company, numbers, ct);
        return [.. numbers.Select(number => Send.To(number, marked?.Contains(number) == true ? ofMarked : command))];
    }

    /// <inheritdoc />
    public string? Current(string action, JsonElement? set, object state)
    {
        var one = _actions[action];
        if (one.Shown is not null) return one.Shown((TState)state);
        var members = one.Some ? [.. one.Members.Where(m => set!.Value.TryGetProperty(m, out _))] : one.Members;
        return members.Count == 1 ? Values[members[0]]((TState)state) : string.Join(", ", members.Select(m => $"{m}={Values[m]((TState)state)}"));
    }

    /// <inheritdoc />
    public Task<(Refusal? Refusal, IReadOnlyList<long> Numbers)> NumbersAsync(ILists lists, Call call, IQueryCollection filter, int most, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return lists.NumbersAsync(call, list, filter, most, ct);
    }

    /// <summary>An action sets its own members and no others.</summary>
    private static Refusal? Named(BulkAction<TState, TFields> action, JsonElement given)
    {
        var words = action.Members.Count == 0 ? "This action sets nothing." : $"This action sets {string.Join(", ", action.Members)}.";
        string[] named = [.. given.EnumerateObject().Select(m => m.Name)];
        List<Problem> problems = [.. named.Except(action.Members).Select(m => new Problem($"/{m}", "request.member.unknown", words))];
        if (action.Some) problems.AddRange(named.Length > 0 ? [] : [new Problem("", "request.member.missing", words)]);
        else problems.AddRange(action.Members.Except(named).Select(m => new Problem($"/{m}", "request.member.missing", words)));
        return problems.Count == 0 ? null : Refusal.Malformed(problems);
    }
}

/// <summary>One thing that can be done to many.</summary>
/// <param name="Name">Its name without the kind, such as <c>setStage</c>.</param>
/// <param name="Command">The command for one entity, and for one that is marked.</param>
/// <param name="Members">The members that have to be given, by their wire names; none = the action sets nothing.</param>
public sealed record BulkAction<TState, TFields>(string Name, Func<TFields, bool, ICommand<TState>> Command, params IReadOnlyList<string> Members) where TState : class where TFields : class
{
    /// <summary>True = some of the members are enough.</summary>
    public bool Some { get; init; }

    /// <summary>What the preview counts by, where it is none of the members; null = the members.</summary>
    public Func<TState, string?>? Shown { get; init; }
}
