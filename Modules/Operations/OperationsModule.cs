using System.ComponentModel;
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
        services.AddSingleton<BulkStart>().AddSingleton<OperationRights>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        var group = api.MapGroup("/operations").WithTags("operations");
        group.MapGet("/", ListAsync).Needs("operations:read").Listed(All).Documented("listOperations", "List operations", "Newest first.");
        group.MapGet("/{number:long}", GetAsync).Needs("operations:read").Documented("getOperation", "Read an operation", "Its state, progress, counts and the first hundred rows that it left alone, with reasons; for a bulk change also what it sets and its filter.");
        group.MapPost("/", StartAsync).Needs("operations:write").Creates<OperationView>(202)
            .Documented("startOperation", "Change many at once", "An action such as partner.setStage over numbers or a filter, with the right of the action. The rows are fixed when it starts; each is decided as a single write is, and one that is refused is skipped and named. With Prefer: dry-run the answer has a preview and nothing is stored.");
        group.MapGet("/{number:long}/changes", OperationRows.ChangesAsync).Needs("operations:read").Documented("listChanges", "List what an operation changed", "By its last run (work, undo or redo), newest first, with before and after.");
        group.MapGet("/{number:long}/skipped", OperationRows.SkippedAsync).Needs("operations:read").Documented("listSkipped", "List what an operation left alone", "By its last run, each row with its reason.");
        group.MapPost("/{number:long}/undo", UndoAsync).Needs("operations:write").Creates<OperationView>(202).Documented("undoOperation", "Undo an operation", "For 30 days. Rows that were changed since are left alone and named, unless force=true; after an undo, force=true takes back those that it left alone. Undoing an undone operation changes nothing.");
        group.MapPost("/{number:long}/redo", RedoAsync).Needs("operations:write").Creates<OperationView>(202).Documented("redoOperation", "Redo an undone operation", "Brings the new values back, where nothing was changed since the undo.");
        group.MapPost("/{number:long}/cancel", CancelAsync).Needs("operations:write").Creates<OperationView>(202).Documented("cancelOperation", "Stop an operation", "It stops after the rows that are under way, and is done with cancelledAt. What was changed stays, and can be undone.");
        group.MapGet("/{number:long}/stream", StreamAsync).Needs("operations:read").Produces<OperationView>(200, "text/event-stream").Documented("streamOperation", "Watch an operation", "Server-sent events: the operation whenever it moves, until it is finished.");
    }

    private static async Task<Answer<Page<OperationView>>> ListAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct) =>
        (await lists.PageAsync<Operation, OperationView>(call, All, request.Query, ct)).ToAnswer();

    private static async Task<Answer<OperationView>> GetAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<Operation>(call.Company, number, ct)).ToAnswer<OperationView, Operation>(Entity, await actors.SettingsAsync(call.Company, ct));

    private static Task<Answer<OperationView>> StartAsync(Body<BulkRequest> body, Call call, BulkStart bulk, CancellationToken ct) => bulk.StartAsync(call, body.Value, ct);

    private static Task<Answer<OperationView>> UndoAsync(
        long number, [Description("True = take back what was changed since, too.")] bool? force, Call call, IActors actors, BulkStart bulk, IFiles files, OperationWorker worker, OperationRights rights, CancellationToken ct) =>
        ToldAsync(number, async row => new TurnOperation(true, force == true, await OverlapAsync(row, call, bulk, files, ct)), call, actors, worker, rights, ct);

    private static Task<Answer<OperationView>> RedoAsync(long number, Call call, IActors actors, BulkStart bulk, IFiles files, OperationWorker worker, OperationRights rights, CancellationToken ct) =>
        ToldAsync(number, async row => new TurnOperation(false, false, await OverlapAsync(row, call, bulk, files, ct)), call, actors, worker, rights, ct);

    private static Task<Answer<OperationView>> CancelAsync(long number, Call call, IActors actors, OperationWorker worker, OperationRights rights, CancellationToken ct) =>
        ToldAsync(number, _ => Task.FromResult<ICommand<Operation>>(new CancelOperation()), call, actors, worker, rights, ct);

    private static async Task<Answer<OperationView>> ToldAsync(long number, Func<Row<Operation>, Task<ICommand<Operation>>> command, Call call, IActors actors, OperationWorker worker, OperationRights rights, CancellationToken ct)
    {
        if (await actors.ReadAsync<Operation>(call.Company, number, ct) is not { } row) return Refusal.NotFound("operation");
        if (rights.MayTurn(call, row.State.Action) is { } forbidden) return forbidden;
        var reply = await actors.SendAsync(call, number, await command(row), ct);
        if (reply.Refusal is null && !call.DryRun) worker.Tell(call.Company.Id, number);
        return reply.ToAnswer<OperationView, Operation>(call, "operations").Accepted($"/api/v1/{call.Company.Slug}/operations/{number}");
    }

    private static async Task<Refusal?> OverlapAsync(Row<Operation> row, Call call, BulkStart bulk, IFiles files, CancellationToken ct) =>
        row.State is { IsOpen: false, Bulk: { } plan } && bulk.Find(row.State.Action) is { } target
            ? await bulk.OverlapAsync(call.Company, target, await BulkRows.ReadAsync(files, call.Company, plan.File, ct), row.Number, ct) : null;

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
