using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>Calls an accounting system for one try, and keeps what is sent and answered.</summary>
internal sealed class Asking(IPlugins plugins, CompanyRef company, string plugin, List<PluginExchange> seen, TimeSpan patience)
{
    private const int Most = 20;

    public async Task<PluginAnswer<T>> AskAsync<TArgument, T>(TArgument argument, Func<IAccountingSystem, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, string? intent = null) =>
        await plugins.CallAsync(company, plugin, argument, call, ct, new() { Patience = patience, IdempotencyKey = intent, Exchanged = Keep });

    private void Keep(PluginExchange exchange)
    {
        // The plugin may go on on its own threads after the wait for it has ended.
        lock (seen) if (seen.Count < Most) seen.Add(exchange);
    }
}

/// <summary>A question before anything was written was not answered.</summary>
internal sealed class AskFailedException(PluginFailure failure) : Exception(failure.Detail)
{
    public PluginFailure Failure => failure;
}

internal static class Answered
{
    /// <summary>The answer.</summary>
    /// <exception cref="AskFailedException">There is none.</exception>
    public static T OrThrow<T>(this PluginAnswer<T> answer) => answer.Failure is { } failure ? throw new AskFailedException(failure) : answer.Value!;
}
