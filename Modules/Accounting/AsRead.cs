namespace Crm.Accounting;

/// <summary>
/// Goes along with what was worked out from a customer as it was read: whose it is, and what its partner owes by that. If either is otherwise when it is
/// stored, because somebody has said so meanwhile or another system was read, all that it goes along with is worked out again.
/// </summary>
internal sealed record AsRead(long Number, LedgerCustomer Customer) : Send(Number)
{
    public override Type StateType => typeof(LedgerCustomer);

    public override (Refusal? Refusal, object? State, string? Fact) Decide(object state, Moment at) =>
        state is LedgerCustomer now && now.Partner == Customer.Partner && now.IsIgnored == Customer.IsIgnored && now.IsBalanceKnown == Customer.IsBalanceKnown && now.Open.SequenceEqual(Customer.Open)
            ? (null, state, null) : (AsReadSends.Overtaken, null, null);
}

/// <summary>Sends what holds only as long as some customers are as they were read.</summary>
internal static class AsReadSends
{
    private const int MostTimes = 10;

    public static Refusal Overtaken { get; } = Refusal.Conflict("accounting.customer.overtaken", "The customer is not as it was read any more.");

    /// <summary>Sends commands and one more, all of them or none.</summary>
    /// <exception cref="OvertakenException">None, because a customer is not as it was read.</exception>
    public static async Task<Reply<TLast>> SendAsReadAsync<TLast>(this IActors actors, Call call, IReadOnlyList<Send> commands, long last, ICommand<TLast> then, CancellationToken ct) where TLast : class
    {
        var reply = await actors.SendAsync(call, commands, last, sent => sent.Any(s => s.Refusal == Overtaken) ? new Leave<TLast>() : then, ct);
        return reply.Refusal == Overtaken ? throw new OvertakenException() : reply;
    }

    /// <summary>Works something out and sends it, again as often as customers were not as they were read.</summary>
    /// <exception cref="StorageException">They never were.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> once)
    {
        for (var time = 1; ; time++)
        {
            try { return await once(); }
            catch (OvertakenException overtaken) { if (time == MostTimes) throw new StorageException("Others keep changing what this rests on.", overtaken); }
        }
    }

    /// <summary>Refused, so that nothing of what was sent is done.</summary>
    private sealed record Leave<TState> : ICommand<TState> where TState : class
    {
        public Decision<TState> Decide(TState state, Moment at) => Overtaken;
    }
}

/// <summary>A customer is not as it was read any more; nothing was stored.</summary>
internal sealed class OvertakenException : Exception;
