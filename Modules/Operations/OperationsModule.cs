using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Operations;

/// <summary>Work on many rows that can be watched, undone and redone.</summary>
public sealed class OperationsModule : IModule
{
    private static readonly Entity<Operation> Entity = new("operation", "operations")
    {
        View = Operation.View,
        Columns =
        [
            new("action", ColumnType.Text, o => o.Action), new("state", ColumnType.Text, o => JsonNamingPolicy.CamelCase.ConvertName(o.State.ToString())), new("is_open", ColumnType.Flag, o => o.IsOpen ? 1L : 0L),
        ],
    };

    private static readonly ListOf<Operation> All = new("operations", Entity, [new("number", "number", ColumnType.Number), new("action", "action", ColumnType.Text), new("state", "state", ColumnType.Text)]) { DefaultSort = "-number" };

    /// <inheritdoc />
    public string Name => "operations";

    /// <inheritdoc />
    public string Description => "Bulk changes and imports: progress, result, undo and redo.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(Entity);
        services.AddSingleton<OperationWorker>().AddHostedService(p => p.GetRequiredService<OperationWorker>());
        services.AddSingleton<IOperations, OperationsContract>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        var group = api.MapGroup("/operations").WithTags("operations");
        group.MapGet("/", ListAsync).Needs("operations:read").Listed(All).Documented("listOperations", "List operations", "Newest first.");
        group.MapGet("/{number:long}", GetAsync).Needs("operations:read").Documented("getOperation", "Read an operation", "Its state, progress, counts and the first hundred rows that it left alone, with reasons.");
        group.MapPost("/{number:long}/undo", UndoAsync).Needs("operations:write").Creates<OperationView>(202).Documented("undoOperation", "Undo an operation", "For 30 days. Rows that were changed since are left alone and named. Undoing an undone operation changes nothing.");
        group.MapPost("/{number:long}/redo", RedoAsync).Needs("operations:write").Creates<OperationView>(202).Documented("redoOperation", "Redo an undone operation", "Brings the new values back, where nothing was changed since the undo.");
        group.MapGet("/{number:long}/stream", StreamAsync).Needs("operations:read").Produces<OperationView>(200, "text/event-stream").Documented("streamOperation", "Watch an operation", "Server-sent events: the operation whenever it moves, until it is finished.");
    }

    private static async Task<Answer<Page<OperationView>>> ListAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct) =>
        (await lists.PageAsync<Operation, OperationView>(call, All, request.Query, ct)).ToAnswer();

    private static async Task<Answer<OperationView>> GetAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<Operation>(call.Company, number, ct)).ToAnswer<OperationView, Operation>(Entity, await actors.SettingsAsync(call.Company, ct));

    private static Task<Answer<OperationView>> UndoAsync(long number, Call call, IActors actors, OperationWorker worker, IEnumerable<IOperationAction> actions, CancellationToken ct) => TurnAsync(number, true, call, actors, worker, actions, ct);

    private static Task<Answer<OperationView>> RedoAsync(long number, Call call, IActors actors, OperationWorker worker, IEnumerable<IOperationAction> actions, CancellationToken ct) => TurnAsync(number, false, call, actors, worker, actions, ct);

    private static async Task<Answer<OperationView>> TurnAsync(long number, bool undo, Call call, IActors actors, OperationWorker worker, IEnumerable<IOperationAction> actions, CancellationToken ct)
    {
        // Whoever may not start such work may not take it back either.
        if (await actors.ReadAsync<Operation>(call.Company, number, ct) is not { } row) return Refusal.NotFound("operation");
        if (actions.FirstOrDefault(a => a.Action == row.State.Action)?.Right is { } right && !call.Caller.May(right)) return Refusal.Forbidden($"This needs the right {right}.");
        var reply = await actors.SendAsync(call, number, new TurnOperation(undo), ct);
        if (reply.Refusal is null && !call.DryRun) worker.Tell(call.Company.Id, number);
        return reply.ToAnswer<OperationView, Operation>(call, "operations").Accepted($"/api/v1/{call.Company.Slug}/operations/{number}");
    }

    private static async Task<IResult> StreamAsync(long number, Call call, IActors actors, TimeProvider clock, CancellationToken ct) =>
        await actors.ReadAsync<Operation>(call.Company, number, ct) is null
            ? (Answer<OperationView>)Refusal.NotFound("operation")
            : TypedResults.ServerSentEvents(WatchAsync(number, call, actors, clock, ct));

    private static async IAsyncEnumerable<SseItem<OperationView>> WatchAsync(long number, Call call, IActors actors, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var seen = 0L; await actors.ReadAsync<Operation>(call.Company, number, ct) is { } row; await Task.Delay(TimeSpan.FromMilliseconds(300), clock, ct))
        {
            if (row.Version != seen) yield return new SseItem<OperationView>(Operation.View(row, await actors.SettingsAsync(call.Company, ct)), "operation") { EventId = $"{row.Version}" };
            seen = row.Version;
            if (!row.State.IsOpen) yield break;
        }
    }

    private sealed class OperationsContract(IActors actors, OperationWorker worker) : IOperations
    {
        public async Task<Answer<OperationView>> StartAsync(Call call, string action, JsonElement parameters, CancellationToken ct)
        {
            var reply = await actors.CreateAsync(call, new StartOperation(action, parameters), ct);
            if (reply.Row is { } row && !call.DryRun) worker.Tell(call.Company.Id, row.Number);
            return reply.ToAnswer<OperationView, Operation>(call, "operations").Accepted();
        }

        public async Task<OperationView?> FindAsync(CompanyRef company, long number, CancellationToken ct) =>
            await actors.ReadAsync<Operation>(company, number, ct) is { } row ? Operation.View(row, await actors.SettingsAsync(company, ct)) : null;

        public async Task<JsonElement?> ParametersAsync(CompanyRef company, long number, CancellationToken ct) =>
            (await actors.ReadAsync<Operation>(company, number, ct))?.State.Parameters;
    }
}
