using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Views;

/// <summary>Saved views of lists: one's own, a department's, the company's.</summary>
public sealed class ViewsModule : IModule
{
    private static readonly Entity<SavedView> Entity = new("view", "views")
    {
        // Whoever asks is a part of the view: endpoints and decisions show it themselves.
        View = (row, settings) => SavedViewView.Of(row, settings, Call.System(CompanyRef.System)),
        SeenBy = (view, caller, settings) => Sight.Of(caller, settings).Shows(view),
        Columns =
        [
            new("list", ColumnType.Text, v => v.List), new("owner", ColumnType.Text, v => v.Owner), new("shared", ColumnType.Text, v => JsonNamingPolicy.CamelCase.ConvertName(v.Shared.ToString())),
            new("department", ColumnType.Text, v => v.Department), new("deleted", ColumnType.Flag, v => v.DeletedAt is null ? 0L : 1L),
        ],
    };

    /// <inheritdoc />
    public string Name => "views";

    /// <inheritdoc />
    public string Description => "Saved views of lists, private or shared with a department or the whole company.";

    /// <inheritdoc />
    public void Register(IServiceCollection services) => services.AddSingleton<IEntity>(Entity);

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        var group = api.MapGroup("/views").WithTags("views");
        group.MapGet("/", ListAsync).Needs("views:read").Documented("listViews", "List saved views", "Those of a list that the caller sees: own ones, those of the caller's department, and the company's; by name, all in one answer.");
        group.MapPost("/", CreateAsync).Needs("views:write").Creates<SavedViewView>().Documented("createView", "Save a view", "The caller owns it. Its query is kept as it is given: filters, order and columns of a list, as they stand in an address.");
        group.MapGet("/{number:long}", GetAsync).Needs("views:read").Documented("getView", "Read a saved view", "Somebody else's private view is 404.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("views:write").Documented("changeView", "Change a saved view", "Merge patch. A shared view is changed by its owner or an administrator; only the owner makes it private again.");
        group.MapDelete("/{number:long}", DeleteAsync).Needs("views:write").Documented("deleteView", "Delete a saved view", "It can be restored.");
        group.MapPost("/{number:long}/restore", RestoreAsync).Needs("views:write").Documented("restoreView", "Restore a deleted view", "It comes back as it was.");
    }

    private static async Task<Answer<Page<SavedViewView>>> ListAsync([Description("The list, such as partners; all lists unless given."), StringLength(40)] string? list, Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        var rows = await database.QueryAsync(call.Company,
            $"select number, version, created_at, updated_at, doc from views where company = @company and deleted = 0 and {Sight.Sql}{(list is null ? "" : " and list = @list")}",
            [.. Sight.Of(call.Caller, settings).Arguments, .. list is null ? Array.Empty<Argument>() : [new("list", list)]],
            row => new Row<SavedView>(row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), Micros.ToInstant(row.GetInt64(3)), JsonSerializer.Deserialize<SavedView>(row.GetString(4), Json.State)!), ct);
        SavedViewView[] views = [.. rows.OrderBy(r => SortKey.Of(r.State.Name, settings.Get<CompanyProfile>().Language), StringComparer.Ordinal).ThenBy(r => r.Number).Select(r => SavedViewView.Of(r, settings, call))];
        return new Page<SavedViewView>(views, null, views.Length, true);
    }

    private static async Task<Answer<SavedViewView>> CreateAsync(Body<ViewFields> body, Call call, IActors actors, IDatabase database, CancellationToken ct) =>
        (await actors.CreateAsync(call, new CreateView(body.Value, await OwnedAsync(call.Company, Sight.OwnerOf(call.Caller), database, ct)), ct)).ToAnswer<SavedViewView, SavedView>(call, "views");

    private static async Task<Answer<SavedViewView>> GetAsync(long number, Call call, IActors actors, CancellationToken ct)
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        return await actors.ReadAsync<SavedView>(call.Company, number, ct) is { State.DeletedAt: null } row && Sight.Of(call.Caller, settings).Shows(row.State)
            ? Answers.WithVersion(SavedViewView.Of(row, settings, call), row.Version) : Refusal.NotFound("view");
    }

    private static Task<Answer<SavedViewView>> ChangeAsync(long number, Body<ViewFields> body, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new ChangeView(body.Value), call, actors, ct);

    private static Task<Answer<SavedViewView>> DeleteAsync(long number, Call call, IActors actors, CancellationToken ct) => SendAsync(number, new DeleteView(true), call, actors, ct);

    private static async Task<Answer<SavedViewView>> RestoreAsync(long number, Call call, IActors actors, IDatabase database, CancellationToken ct) =>
        await actors.ReadAsync<SavedView>(call.Company, number, ct) is { } row
            ? await SendAsync(number, new DeleteView(false, await OwnedAsync(call.Company, row.State.Owner, database, ct)), call, actors, ct) : Refusal.NotFound("view");

    private static async Task<long> OwnedAsync(CompanyRef company, string owner, IDatabase database, CancellationToken ct) =>
        (await database.QueryAsync(company, "select count(*) from views where company = @company and deleted = 0 and owner = @owner", [new("owner", owner)], row => row.GetInt64(0), ct))[0];

    private static async Task<Answer<SavedViewView>> SendAsync(long number, ICommand<SavedView> command, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, command, ct)).ToAnswer<SavedViewView, SavedView>(call, "views");
}
