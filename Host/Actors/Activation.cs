using System.Collections.Concurrent;

namespace Crm.Host.Actors;

/// <summary>Which actor. Kinds are constants of the program, so comparing them by reference first is what usually happens.</summary>
internal readonly record struct ActorKey(int Company, string Kind, long Number);

/// <summary>One entity in memory: what was last committed, or nothing if it has to be read. Only whoever is in the mailbox touches it.</summary>
internal sealed class Activation(Slot slot) : Mailbox
{
    /// <summary>The state and its row; null = read it.</summary>
    public Committed? Committed
    {
        get => slot.Value;
        set => slot.Value = value;
    }

    public long LastUsed { get; set; }

    /// <summary>True = a commit from here was refused because another host had written first.</summary>
    public bool WasOvertaken { get; set; }
}

internal sealed record Committed(long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, object State);

/// <summary>
/// Where one activation keeps its state: a place in an array that it shares with others. At every collection the collector looks at each old object that
/// was given a new one, and in a heap full of entities those lie far apart; places in few arrays lie together.
/// </summary>
internal readonly struct Slot(Committed?[] shared, int place)
{
    public ref Committed? Value => ref shared[place];
}

/// <summary>Hands out slots. An array lives for as long as one of its activations does, so it is not long.</summary>
internal sealed class Slots
{
    private const int Length = 128;

    private readonly Lock _lock = new();
    private Committed?[] _shared = new Committed?[Length];
    private int _taken;

    public Slot Take()
    {
        lock (_lock)
        {
            if (_taken == Length) (_shared, _taken) = (new Committed?[Length], 0);
            return new(_shared, _taken++);
        }
    }
}

/// <summary>The entities in memory. Those that nobody uses are let go after a while, and the longest unused at once when there are too many.</summary>
internal sealed class Directory(int most, TimeSpan idle, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<ActorKey, Activation> _active = new();
    private readonly Slots _slots = new();
    private readonly Lock _sweeping = new();
    private ITimer? _timer;

    public int Count => _active.Count;

    /// <summary>Commands that wait for their entity; walks through all of them.</summary>
    public int Waiting => _active.Sum(a => a.Value.Waiting);

    public void Start() => _timer = clock.CreateTimer(_ => Sweep(), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    public Activation Get(ActorKey key)
    {
        if (!_active.TryGetValue(key, out var activation))
        {
            activation = _active.GetOrAdd(key, _ => new Activation(_slots.Take()));
            if (_active.Count > most && !_sweeping.IsHeldByCurrentThread) ThreadPool.UnsafeQueueUserWorkItem(_ => Sweep(), null);
        }
        activation.LastUsed = clock.GetTimestamp();
        return activation;
    }

    /// <summary>What an entity was last seen as, without entering it; null = it is not in memory.</summary>
    public Committed? Peek(ActorKey key) => _active.TryGetValue(key, out var activation) ? activation.Committed : null;

    /// <summary>Lets go of an entity now, unless somebody is with it.</summary>
    public void Release(ActorKey key)
    {
        if (_active.TryGetValue(key, out var activation)) Release(key, activation);
    }

    /// <summary>True, once, when another host has written first since this was last asked.</summary>
    public bool WasOvertaken(ActorKey key)
    {
        if (!_active.TryGetValue(key, out var activation) || !activation.WasOvertaken) return false;
        activation.WasOvertaken = false;
        return true;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Lets go of what was not used for a while and, over the bound, of the longest unused tenth.</summary>
    internal void Sweep()
    {
        if (!_sweeping.TryEnter()) return;
        try
        {
            var now = clock.GetTimestamp();
            foreach (var (key, activation) in _active)
            {
                if (clock.GetElapsedTime(activation.LastUsed, now) > idle) Release(key, activation);
            }
            if (_active.Count <= most) return;
            var over = _active.Count - (most - (most / 10));
            // Its own copy: one by way of its count fails when others add meanwhile, and with it the program.
            foreach (var (key, activation) in _active.ToArray().OrderBy(a => a.Value.LastUsed).Take(over)) Release(key, activation);
        }
        finally
        {
            _sweeping.Exit();
        }
    }

    /// <summary>Lets go of an entity, unless somebody is in its mailbox.</summary>
    public void Release(ActorKey key, Activation activation)
    {
        if (!activation.TryClose()) return;
        activation.Committed = null;
        _active.TryRemove(KeyValuePair.Create(key, activation));
    }
}
