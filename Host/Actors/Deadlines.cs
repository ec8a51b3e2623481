using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>
/// Ends the waiting for commits that the database does not answer in time. All wait equally long, so the order in which they came is the order in which
/// they end, and one timer does for all of them: a timer for each costs more than deciding its command.
/// </summary>
internal sealed class Deadlines
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly Queue<(CommitUnit Unit, long Since)> _waiting = new();
    private readonly ITimer _timer;
    private bool _armed;

    public Deadlines(TimeProvider clock, TimeSpan patience)
    {
        (_clock, _patience) = (clock, patience);
        _timer = clock.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(CommitUnit unit)
    {
        lock (_waiting)
        {
            ForgetDone();
            _waiting.Enqueue((unit, _clock.GetTimestamp()));
            if (!_armed) Arm(_patience);
        }
    }

    private void End()
    {
        lock (_waiting)
        {
            _armed = false;
            for (ForgetDone(); _waiting.TryPeek(out var first); ForgetDone())
            {
                var left = _patience - _clock.GetElapsedTime(first.Since);
                if (left > TimeSpan.Zero)
                {
                    Arm(left);
                    return;
                }
                _waiting.Dequeue();
                first.Unit.Done.TrySetResult(new(first.Unit.TryTake() ? CommitStatus.Withdrawn : CommitStatus.Unanswered));
            }
        }
    }

    private void ForgetDone()
    {
        while (_waiting.TryPeek(out var first) && first.Unit.Done.Task.IsCompleted) _waiting.Dequeue();
    }

    private void Arm(TimeSpan time)
    {
        _armed = true;
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }
}
