using System.Net;

namespace Crm.Plugins.Testing;

/// <summary>What the plugin makes of an outside system in trouble.</summary>
internal static class ErrorChecks
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(Session session, IReadOnlyList<Operation> operations, Findings findings)
    {
        await FaultAsync("error.401", PluginErrorKind.Unauthorized, FaultyUpstream.Status(HttpStatusCode.Unauthorized));
        await FaultAsync("error.403", PluginErrorKind.Forbidden, FaultyUpstream.Status(HttpStatusCode.Forbidden));
        await FaultAsync("error.429", PluginErrorKind.RateLimited, FaultyUpstream.Status(HttpStatusCode.TooManyRequests, Session.InTwoMinutes), isPause: true);
        await FaultAsync("error.429.date", PluginErrorKind.RateLimited, FaultyUpstream.Status(HttpStatusCode.TooManyRequests, Session.AtTwoMinutesPast), isPause: true);
        await FaultAsync("error.500", PluginErrorKind.Unavailable, FaultyUpstream.Status(HttpStatusCode.InternalServerError));
        await FaultAsync("error.brokenJson", PluginErrorKind.Unavailable, FaultyUpstream.Status(HttpStatusCode.OK, body: "{ \"broken\": "));
        await FaultAsync("error.noJson", PluginErrorKind.Unavailable, FaultyUpstream.Status(HttpStatusCode.OK, body: "<html>We are back soon.</html>", type: "text/html"));
        await FaultAsync("error.connection", PluginErrorKind.Unavailable, FaultyUpstream.Broken, isConnection: true);
        await CancellationAsync(session, operations, findings);

        async Task FaultAsync(string name, PluginErrorKind expected, Func<CancellationToken, Task<HttpResponseMessage>> fault, bool isPause = false, bool isConnection = false)
        {
            session.Upstream.Fault = fault;
            var problems = new List<string>();
            foreach (var operation in operations)
            {
                var attempt = await operation.TryAsync(null);
                if (attempt.HasAsked && Problem(attempt, expected, isPause, isConnection) is { } problem) problems.Add($"{operation.Name} {problem}");
            }
            session.Upstream.Fault = null;
            findings.Add(name, problems.Count == 0 ? null : string.Join("; ", problems) + ".", $"{expected}.");
        }
    }

    private static string? Problem(Attempt attempt, PluginErrorKind expected, bool isPause, bool isConnection) => attempt switch
    {
        { IsHung: true } => "did not come back",
        { Thrown: { Kind: var kind } thrown } when kind == expected => isPause && !(thrown.RetryAfter is { } wait && (wait - TimeSpan.FromMinutes(2)).Duration() < TimeSpan.FromSeconds(5)) ? $"says to try again after {thrown.RetryAfter?.ToString() ?? "no time"} instead of two minutes" : null,
        // The server itself knows what a lost connection is.
        { Thrown.IsConnection: true } when isConnection => null,
        { Thrown: not null } => $"{attempt.Trouble}, instead of {expected}",
        { Value: PluginHealth { IsHealthy: false } } => null,
        _ => $"answered as if nothing had happened, instead of {expected}",
    };

    private static async Task CancellationAsync(Session session, IReadOnlyList<Operation> operations, Findings findings)
    {
        session.Upstream.Fault = FaultyUpstream.Silent;
        var late = new List<string>();
        foreach (var operation in operations)
        {
            var attempt = await operation.TryAsync(TimeSpan.FromMilliseconds(150));
            if (attempt.IsHung) late.Add($"{operation.Name} did not come back");
            else if (attempt.AfterCancellation > Prompt) late.Add($"{operation.Name} went on for {attempt.AfterCancellation.TotalSeconds:0.0} s");
        }
        session.Upstream.Fault = null;
        findings.Add("cancellation", late.Count == 0 ? null : string.Join("; ", late) + " after the caller had gone.", "Ends within a second when the caller goes.");
    }
}

/// <summary>A call that can be made at any time.</summary>
/// <param name="Name">Its method's name.</param>
/// <param name="TryAsync">Makes it; the argument says when the caller goes.</param>
internal sealed record Operation(string Name, Func<TimeSpan?, Task<Attempt>> TryAsync);
