using Crm.Host.Actors;
using Crm.Host.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace Crm.SystemTests.Storage;

/// <summary>Puts the runtime of a test into a silo of its own, and answers what sends commands through its grains.</summary>
internal static class ActorsUnderTest
{
    public static IActors Over(ActorRuntime runtime, Catalog catalog, Crm.Host.Actors.Directory directory, SettingsCache settings, ActorOptions options) =>
        new SiloActors(runtime, () => StartAsync(runtime, catalog, directory, settings, options));

    private static async Task<IHost> StartAsync(ActorRuntime runtime, Catalog catalog, Crm.Host.Actors.Directory directory, SettingsCache settings, ActorOptions options)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(runtime).AddSingleton(catalog).AddSingleton(directory).AddSingleton(settings).AddSingleton(TimeProvider.System);
        builder.Services.AddActorsAsGrains([typeof(Widget).Assembly]);
        builder.UseOrleans(silo => silo.UseSettings(new() { Port = 0 }, options));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}

/// <summary>The actors of a silo that starts when it is first asked.</summary>
internal sealed class SiloActors(ActorRuntime runtime, Func<Task<IHost>> start) : IActors, IAsyncDisposable
{
    private readonly Lazy<Task<IHost>> _silo = new(start);

    public ActorRuntime Runtime => runtime;

    public async Task<Reply<TState>> CreateAsync<TState>(Call call, ICreation<TState> command, CancellationToken ct) where TState : class => await (await ActorsAsync()).CreateAsync(call, command, ct);

    public async Task<Reply<TState>> SendAsync<TState>(Call call, long number, ICommand<TState> command, CancellationToken ct) where TState : class => await (await ActorsAsync()).SendAsync(call, number, command, ct);

    public async Task<Reply<TState>> CreateAsync<TState>(Call call, IJointCreation<TState> command, CancellationToken ct) where TState : class => await (await ActorsAsync()).CreateAsync(call, command, ct);

    public async Task<Reply<TState>> SendAsync<TState>(Call call, long number, IJointCommand<TState> command, CancellationToken ct) where TState : class => await (await ActorsAsync()).SendAsync(call, number, command, ct);

    public async Task<Reply<TLast>> SendAsync<TLast>(Call call, IReadOnlyList<Send> commands, long last, Func<IReadOnlyList<Sent>, ICommand<TLast>> then, CancellationToken ct) where TLast : class =>
        await (await ActorsAsync()).SendAsync(call, commands, last, then, ct);

    public async Task<IReadOnlyList<Sent>> TryAsync(Call call, IReadOnlyList<Send> commands, CancellationToken ct) => await (await ActorsAsync()).TryAsync(call, commands, ct);

    public async Task<Row<TState>?> ReadAsync<TState>(CompanyRef company, long number, CancellationToken ct) where TState : class => await (await ActorsAsync()).ReadAsync<TState>(company, number, ct);

    public async ValueTask<ISettings> SettingsAsync(CompanyRef company, CancellationToken ct) => await (await ActorsAsync()).SettingsAsync(company, ct);

    public async ValueTask DisposeAsync()
    {
        if (!_silo.IsValueCreated) return;
        var silo = await _silo.Value;
        await silo.StopAsync();
        silo.Dispose();
    }

    private async Task<IActors> ActorsAsync() => (await _silo.Value).Services.GetRequiredService<IActors>();
}
