using System.Net;
using System.Text.Json.Nodes;
using Crm.Integrations;
using Crm.Plugins.Packages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Tests.Plugins;

/// <summary>Nothing that is wrong with one plugin, and nothing that passes, ends the server or the others.</summary>
public sealed class SurvivingTests : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Unsigned = new() { ["Plugins:AllowUnsigned"] = "true" };
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-watch-").FullName;
    private CrmApp? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_said_and_the_next_look_goes_on()
    {
        _app = CrmApp.With(Unsigned, services => Failing<IDatabase>.Before(services, (_, args) => args.OfType<string>().Any(sql => sql.Contains("from plugins where company = @company order", StringComparison.Ordinal)) ? new InvalidOperationException("Odd.") : null));
        await SaidAsync("Odd.");
        Failing<IDatabase>.Of(_app).Fault = null;
        GoesOn();
    }

    [Fact]
    public async Task A_plugin_that_this_host_fails_on_is_told_and_tried_again_later_and_the_others_serve()
    {
        _app = CrmApp.With(Unsigned, services => Failing<IPluginEngine>.Before(services));
        await _app.InitializeAsync();
        var (engine, keeper, ct) = (Failing<IPluginEngine>.Of(_app), _app.Services.GetRequiredService<PluginKeeper>(), TestContext.Current.CancellationToken);
        engine.Fault = (method, args) => method == nameof(IPluginEngine.ApplyAsync) && args[0] is "bad" ? new InvalidOperationException("Odd.") : null;
        foreach (var id in new[] { "bad", "good" })
        {
            Assert.Equal(HttpStatusCode.Created, (await (await _app.OperatorAsync()).UploadAsync(TestPackages.Of("V1", manifest: m => m["id"] = id).Zip)).Status);
            await _app.Services.GetRequiredService<IActors>().SendAsync(Call.System(CompanyRef.System), (await keeper.NumberAsync(id, ct))!.Value, new ActivateVersion("1.0.0"), ct);
        }
        await keeper.FollowAsync(ct);
        Assert.Contains("Odd.", (await (await _app.OperatorAsync()).ReadAsync("/api/v1/operator/plugins/bad")).Text("problem"), StringComparison.Ordinal);
        var acme = await _app.Services.GetRequiredService<Contracts.IAccess>().CompanyAsync("acme", ct);
        Assert.NotNull(keeper.ManifestFor("good", acme!));
        engine.Fault = null;
        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        await keeper.FollowAsync(ct);
        Assert.NotNull(keeper.ManifestFor("bad", acme!));
        Assert.Null(keeper.ProblemOf("bad"));
        GoesOn();
    }

    [Fact]
    public async Task A_package_that_nobody_foresaw_in_a_watched_folder_is_refused_and_the_next_one_serves()
    {
        _app = CrmApp.With(new Dictionary<string, string>(Unsigned) { ["Plugins:Watch"] = _folder }, services => Failing<IFiles>.Before(services, (method, _) => method == nameof(IFiles.SavePieceAsync) ? new InvalidOperationException("Odd.") : null));
        await _app.InitializeAsync();
        var package = TestPackages.Of("V1");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.plugin.zip"), package.Zip, TestContext.Current.CancellationToken);
        await SaidAsync("Odd.");
        Failing<IFiles>.Of(_app).Fault = null;
        var output = Directory.CreateDirectory(Path.Combine(_folder, "b")).FullName;
        foreach (var (path, content) in TestPackages.Files("V1", manifest: m => m["hosts"] = new JsonArray([null]))) await File.WriteAllBytesAsync(Path.Combine(output, path), content, TestContext.Current.CancellationToken);
        await SaidAsync("manifest.invalid");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "c.plugin.zip"), package.Zip, TestContext.Current.CancellationToken);
        await SaidAsync("serves in version 1.0.0");
        GoesOn();
    }

    private void GoesOn() => Assert.False(_app!.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);

    private async Task SaidAsync(string words)
    {
        GoesOn();
        var begin = TimeProvider.System.GetTimestamp();
        while (!_app!.Log.Any(l => l.Contains(words, StringComparison.Ordinal)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), $"the log does not say {words}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
