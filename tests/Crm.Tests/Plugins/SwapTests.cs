using System.Collections.Frozen;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>Versions take each other's place while calls run, and leave memory.</summary>
public sealed class SwapTests : IDisposable
{
    private readonly PluginBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_newer_version_answers_the_next_call_and_the_older_one_leaves_memory()
    {
        await _bench.ServeAsync("V1");
        Assert.Equal("one", await _bench.AskAsync());
        await _bench.ServeAsync("V2", "2.0.0");
        Assert.Equal("two", await _bench.AskAsync());
        Assert.Equal(12, (await _bench.GetAsync(_bench.Acme, 1)).Value!.Employees);
        var retired = await _bench.RetiredAsync();
        Assert.NotNull(retired.Gone);
        Assert.Empty(_bench.Engine.Left);
    }

    [Fact]
    public async Task No_call_fails_while_versions_are_swapped_under_load_and_every_older_one_leaves_memory()
    {
        await _bench.ServeAsync("V1");
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 200).Select(i => CallAsync(i, end.Token)).ToArray();
        for (var swap = 1; swap <= 20; swap++) await _bench.ServeAsync(swap % 2 == 0 ? "V1" : "V2", $"1.0.{swap}");
        await end.CancelAsync();
        var answered = (await Task.WhenAll(callers)).Sum();
        for (var swap = 1; swap <= 20; swap++) Assert.True(await _bench.RetiredAsync() is { Abandoned: 0, Gone: not null });
        Assert.True(answered > 200, $"only {answered} calls were answered");

        async Task<int> CallAsync(int caller, CancellationToken until)
        {
            var count = 0;
            for (; !until.IsCancellationRequested; count++) Assert.Null((await _bench.GetAsync(caller % 2 == 0 ? _bench.Acme : _bench.Bolaget, 1 + (caller % 20))).Failure);
            return count;
        }
    }

    [Fact]
    public async Task A_running_call_ends_in_the_version_that_it_began_in()
    {
        await _bench.ServeAsync("V1");
        var running = _bench.GetAsync(_bench.Acme, 400);
        await _bench.ServeAsync("V2", "2.0.0");
        Assert.Equal("two", await _bench.AskAsync());
        Assert.Equal("one", (await running).Value!.Name);
    }

    [Fact]
    public async Task A_call_that_is_longer_than_the_drain_is_ended()
    {
        await _bench.ServeAsync("V1", manifest: m => m["limits"]!["drainSeconds"] = 1);
        var running = _bench.GetAsync(_bench.Acme, 60_000);
        await _bench.ServeAsync("V2", "2.0.0");
        Assert.Contains("replaced", (await running).Failure!.Detail, StringComparison.Ordinal);
        var retired = await _bench.RetiredAsync();
        Assert.Equal(0, retired.Abandoned);
        Assert.NotNull(retired.Gone);
    }

    [Theory]
    [InlineData("ThrowsAtStart", "plugin.start", "moon"), InlineData("ThrowsWhenMade", "plugin.constructor", "No."), InlineData("Unhealthy", "plugin.unhealthy", "cold"), InlineData("NoPlugin", "plugin.type", "IPlugin"), InlineData("Missing", "plugin.type", "no class")]
    public async Task A_version_that_does_not_prove_itself_is_refused_with_its_reason_while_the_older_one_serves(string type, string code, string reason)
    {
        await _bench.ServeAsync("V1");
        var refused = await Assert.ThrowsAsync<PackageException>(() => _bench.ServeAsync(type, "2.0.0"));
        Assert.Equal(code, refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal("one", await _bench.AskAsync());
    }

    [Fact]
    public async Task A_version_that_burns_the_processor_while_starting_is_refused_and_holds_up_nobody()
    {
        await _bench.ServeAsync("V1");
        var starting = _bench.ServeAsync("Greedy", "2.0.0");
        while (!starting.IsCompleted) Assert.Equal("one", await _bench.AskAsync());
        Assert.Equal("plugin.start.timeout", (await Assert.ThrowsAsync<PackageException>(() => starting)).Code);
    }

    [Fact]
    public async Task A_plugin_that_claims_what_it_does_not_implement_is_refused()
    {
        var refused = await Assert.ThrowsAsync<PackageException>(() => _bench.ServeAsync("V1", manifest: m => m["capabilities"]!.AsArray().Add("accounting")));
        Assert.Equal("plugin.capability", refused.Code);
    }

    [Fact]
    public async Task A_canary_serves_its_companies_only_and_goes_without_the_others_noticing()
    {
        var (v1, v2) = (TestPackages.Of("V1"), TestPackages.Of("V2", "2.0.0"));
        var ct = TestContext.Current.CancellationToken;
        await _bench.Engine.ApplyAsync("test", WantedVersions.Only(v1), ct);
        await _bench.Engine.ApplyAsync("test", new(v1, new Dictionary<int, PluginPackage> { [_bench.Acme.Company.Id] = v2 }), ct);
        Assert.Equal(("two", "one"), (await _bench.AskAsync(_bench.Acme), await _bench.AskAsync(_bench.Bolaget)));
        await _bench.Engine.ApplyAsync("test", WantedVersions.Only(v1), ct);
        Assert.Equal("one", await _bench.AskAsync(_bench.Acme));
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    [Fact]
    public async Task A_disabled_plugin_says_so_and_can_come_back()
    {
        await _bench.ServeAsync("V1");
        await _bench.Engine.ApplyAsync("test", WantedVersions.None, TestContext.Current.CancellationToken);
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.SearchAsync(_bench.Acme)).Failure!.Kind);
        await _bench.ServeAsync("V1");
        Assert.Equal("one", await _bench.AskAsync());
    }

    [Fact]
    public async Task When_the_host_stops_every_plugin_ends_and_nothing_unpacked_is_left()
    {
        await _bench.ServeAsync("V1");
        var version = _bench.Slot.Routes.Default!;
        Assert.True(Directory.Exists(_bench.Folder));
        await _bench.Engine.DisposeAsync();
        Assert.True(await Unloading.GoneAsync(version.Context, TimeProvider.System, TimeSpan.FromSeconds(60)));
        Assert.False(Directory.Exists(_bench.Folder));
    }

    [Fact]
    public void What_a_process_that_is_gone_has_left_unpacked_is_removed_and_a_running_ones_is_not()
    {
        var (gone, running) = (Path.Combine(_bench.Folder, "999999999"), Path.Combine(_bench.Folder, $"{Environment.ProcessId}"));
        foreach (var folder in new[] { gone, running }) Directory.CreateDirectory(folder);
        PluginLoader.RemoveLeftFolders(Path.Combine(_bench.Folder, "1"));
        Assert.Equal((false, true), (Directory.Exists(gone), Directory.Exists(running)));
    }

    [Fact]
    public async Task A_watched_version_whose_calls_fail_is_noticed_once()
    {
        var broken = TestPackages.Of("Broken");
        var noticed = 0;
        await _bench.Engine.ApplyAsync("test", WantedVersions.Only(broken) with { Watch = new(broken.Sha256, 0.5, 4, TimeProvider.System.GetUtcNow().AddMinutes(5), _ => noticed++) }, TestContext.Current.CancellationToken);
        for (var call = 0; call < 12; call++) await _bench.SearchAsync(PluginBench.Connection(call));
        Assert.Equal(1, noticed);
    }
}
