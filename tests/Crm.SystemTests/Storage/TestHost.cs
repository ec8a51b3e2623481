using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>What one host is made of below its routes: a store, the group commit and the actors.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly Crm.Host.Actors.Directory _directory;

    public TestHost(IStore store, ActorOptions? options = null, TimeProvider? clock = null, TimeSpan? settingsAge = null, IReadOnlyList<IEntity>? entities = null)
    {
        (_store, options, clock) = (store, options ?? new(), clock ?? TimeProvider.System);
        var catalog = new Catalog(entities ?? [Widget.Entity, WidgetSettings.Entity, Box.Entity], entities is null ? [Widget.Shown] : []);
        Commits = new(store, options.Writers, options.MaxWaitingCommits);
        _directory = new(options.MaxActive, TimeSpan.FromSeconds(options.IdleSeconds), clock);
        Settings = new(catalog, store, clock, settingsAge ?? TimeSpan.MaxValue);
        Actors = ActorsUnderTest.Over(new(catalog, store, Commits, _directory, Settings, new(store, clock), clock, options), catalog, _directory, Settings, options);
    }

    public IStore Store => _store;
    public IDatabase Database => _store;
    public GroupCommit Commits { get; }
    public SettingsCache Settings { get; }
    public Crm.Host.Actors.Directory Directory => _directory;
    public IActors Actors { get; }

    public async ValueTask DisposeAsync()
    {
        if (Actors is IAsyncDisposable host) await host.DisposeAsync();
        await Commits.DisposeAsync();
        _directory.Dispose();
        await _store.DisposeAsync();
    }

    /// <summary>Makes a widget and answers its number.</summary>
    public async Task<long> MakeAsync(CompanyRef company, Widget widget, CancellationToken ct)
    {
        var reply = await Actors.CreateAsync(Call.System(company), new MakeWidget(widget), ct);
        Assert.Null(reply.Refusal);
        return reply.Row!.Number;
    }

    public Task<Reply<Widget>> SendAsync(CompanyRef company, long number, ICommand<Widget> command, CancellationToken ct) => Actors.SendAsync(Call.System(company), number, command, ct);

    public async Task<Row<Widget>> ReadAsync(CompanyRef company, long number, CancellationToken ct) => (await Actors.ReadAsync<Widget>(company, number, ct))!;
}
