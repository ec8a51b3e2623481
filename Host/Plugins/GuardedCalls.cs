using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// Calls a plugin so that it can harm nobody but itself: the version stays loaded while the call runs, a deadline ends the wait, too many calls at once
/// wait in line, a row of failures stops trying for a while, and every exception becomes a sentence.
/// </summary>
internal sealed class GuardedCalls(PluginMetrics metrics, TimeProvider clock, ILoggerFactory logs)
{
    /// <summary>Calls one capability for one company.</summary>
    /// <param name="slot">The plugin.</param>
    /// <param name="connection">The company and its settings.</param>
    /// <param name="argument">Passed on, so that <paramref name="call"/> can be static.</param>
    /// <param name="call">The call itself.</param>
    /// <param name="ct">The caller has gone: the only way that this throws.</param>
    /// <param name="terms">What else holds for this call; null = nothing.</param>
    public async ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        PluginSlot slot, PluginConnection connection, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class
    {
        if (slot.Enter(connection.Company.Id) is not { } version) return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {slot.Id} is not active.");
        var deadline = version.Calls.Begin(terms?.Patience);
        var token = deadline.Token;
        var pending = InsideAsync(version, slot, connection, argument, call, deadline, terms, ct);
        if (pending.IsCompleted) return await pending;
        try { return await pending.AsTask().WaitAsync(token); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The plugin goes on or not; nobody waits for it. Its place and its lease are given back when it ends. It is counted now: one that hangs never ends.
            var counts = deadline.Counts();
            if (version.Stopping.IsCancellationRequested) return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {slot.Id} was replaced while it worked.");
            var late = Late(version, deadline);
            if (counts) Count(version, slot, version.CallFor(connection, slot, clock, logs), deadline.Limit, late, null);
            return late;
        }
    }

    /// <summary>From entering the version to leaving it, whatever the plugin does. Never throws but for a caller that has gone.</summary>
    private async ValueTask<PluginAnswer<T>> InsideAsync<TCapability, TArgument, T>(
        PluginVersion version, PluginSlot slot, PluginConnection connection, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call,
        Deadline deadline, CallTerms? terms, CancellationToken ct) where TCapability : class
    {
        var (guards, hasPlace) = (version.Calls, false);
        var context = version.CallFor(connection, slot, clock, logs);
        try
        {
            var breaker = context.Breaker;
            if (!breaker.Lets(clock)) return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {slot.Id} failed several times in a row and is left alone for a moment.", breaker.OpenUntil - clock.GetUtcNow());
            using var gone = ct.UnsafeRegister(static deadline => ((Deadline)deadline!).Now(), deadline);
            if (!(hasPlace = await guards.EnterAsync(context.Places, deadline.Token))) return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {slot.Id} has more calls waiting than it may have.");
            if (version.Plugin is not TCapability capability) return new PluginFailure(PluginErrorKind.Unsupported, $"The plugin {slot.Id} does not offer this.");
            var start = clock.GetTimestamp();
            PluginFailure? failure = null;
            Exception? bug = null;
            deadline.Run();
            if (terms?.Exchanged is { } exchanged) Recording.Begin(exchanged, context.Masking, clock);
            try
            {
                var answer = await call(capability, context.Under(terms), argument, deadline.Token);
                return answer is PluginHealth { Detail: { } detail } health ? (T)(object)(health with { Detail = context.Masking.Clean(detail) }) : answer;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                breaker.TryAgain(clock);
                throw new OperationCanceledException(ct);
            }
            catch (Exception thrown)
            {
                failure = FailureOf(thrown, version, context, deadline);
                if (thrown is PluginException { Kind: PluginErrorKind.RateLimited, RetryAfter: { } pause, Source: not Allowance.UsedUp }) context.LeaveAlone(pause);
                if (failure.Kind == PluginErrorKind.Bug) bug = thrown;
                return failure;
            }
            finally
            {
                // A caller that has gone says nothing about the plugin.
                if (deadline.Counts() && (failure is not null || !ct.IsCancellationRequested)) Count(version, slot, context, clock.GetElapsedTime(start), failure, bug);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return new PluginFailure(PluginErrorKind.Unavailable, $"The plugin {slot.Id} is busy."); }
        finally
        {
            if (hasPlace) guards.Leave(context.Places);
            guards.End(deadline);
            version.Leave();
        }
    }

    /// <summary>Counts a call for its version, its company and whoever watches the version.</summary>
    private void Count(PluginVersion version, PluginSlot slot, CompanyCall context, TimeSpan took, PluginFailure? failure, Exception? bug)
    {
        version.Calls.Count(took, failure?.Kind);
        metrics.Count(version.Manifest, took, failure?.Kind);
        context.Breaker.Count(failure?.Kind, clock);
        if (failure is not null) context.Lines.Failed(failure, took, bug);
        if (CallGuards.IsFault(failure?.Kind)) slot.Watch?.Failed(version);
    }

    private static PluginFailure Late(PluginVersion version, Deadline deadline) => new(PluginErrorKind.Unavailable, $"The plugin {version.Manifest.Id} did not answer within {deadline.Limit.TotalSeconds:0} seconds.");

    /// <summary>Copies what matters of an exception. The exception itself knows the plugin's code by its stack, and would keep it in memory.</summary>
    private static PluginFailure FailureOf(Exception thrown, PluginVersion version, CompanyCall context, Deadline deadline) => thrown switch
    {
        PluginException known => new(known.Kind, context.Masking.Clean(known.Message), known.RetryAfter),
        OperationCanceledException or TimeoutException when deadline.IsCancellationRequested => Late(version, deadline),
        HttpRequestException { StatusCode: { } status } => new(PluginErrorKind.Unavailable, $"The outside system answered {(int)status}."),
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => new(PluginErrorKind.Unavailable, "The outside system could not be reached."),
        // A bug's message can hold anything that the plugin worked with, so only its kind is told.
        _ => new(PluginErrorKind.Bug, $"The plugin {version.Manifest.Id} {version.Manifest.Version} failed with {thrown.GetType().Name}."),
    };
}
