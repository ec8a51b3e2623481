using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>A plugin that misbehaves harms itself only.</summary>
public sealed class GuardTests : IDisposable
{
    private readonly PluginBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_exception_becomes_a_sentence_that_says_nothing_of_what_the_plugin_worked_with()
    {
        await _bench.ServeAsync("Broken");
        var failure = (await _bench.SearchAsync(_bench.Acme, "Nordvik")).Failure!;
        Assert.Equal(PluginErrorKind.Bug, failure.Kind);
        Assert.Contains("InvalidOperationException", failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Nordvik", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_whose_exceptions_were_seen_still_leaves_memory()
    {
        await _bench.ServeAsync("Broken");
        await _bench.SearchAsync(_bench.Acme);
        await _bench.ServeAsync("V1", "2.0.0");
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    [Fact]
    public async Task A_call_that_hangs_is_answered_at_its_deadline_and_abandoned_when_the_version_goes()
    {
        await _bench.ServeAsync("Hanging", manifest: m => (m["limits"]!["callSeconds"], m["limits"]!["drainSeconds"]) = (1, 1));
        var failure = (await _bench.SearchAsync(_bench.Acme)).Failure!;
        Assert.Equal(PluginErrorKind.Unavailable, failure.Kind);
        Assert.Contains("1 seconds", failure.Detail, StringComparison.Ordinal);
        await _bench.ServeAsync("V1", "2.0.0");
        Assert.Equal("one", await _bench.AskAsync());
        Assert.Equal(1, (await _bench.RetiredAsync()).Abandoned);
    }

    [Fact]
    public async Task Calls_that_hang_count_at_their_deadline_open_the_breaker_and_are_seen_by_the_watch()
    {
        var hanging = TestPackages.Of("Hanging", manifest: m => m["limits"]!["callSeconds"] = 300);
        var noticed = new TaskCompletionSource<double>();
        await _bench.Engine.ApplyAsync("test", WantedVersions.Only(hanging) with { Watch = new(hanging.Sha256, 0.5, 5, TimeProvider.System.GetUtcNow().AddMinutes(5), noticed.SetResult) }, TestContext.Current.CancellationToken);
        for (var call = 0; call < 5; call++)
        {
            var failure = (await _bench.SearchAsync(_bench.Acme, patience: TimeSpan.FromMilliseconds(50))).Failure!;
            Assert.Contains("did not answer within", failure.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(1, await noticed.Task);
        Assert.Contains("left alone", (await _bench.SearchAsync(_bench.Acme)).Failure!.Detail, StringComparison.Ordinal);
        var report = Assert.Single(_bench.Engine.Report("test").Versions);
        Assert.Equal((5, 5, 5), (report.Calls, report.Errors, report.Running));
    }

    [Fact]
    public async Task A_version_that_leaves_a_timer_behind_is_shown_to_be_still_in_memory()
    {
        await _bench.ServeAsync("Leaky");
        var leaky = _bench.Slot.Routes.Default!;
        await _bench.ServeAsync("V1", "2.0.0");
        await leaky.StopAsync(TimeProvider.System);
        Assert.False(await Unloading.GoneAsync(leaky.Context, TimeProvider.System, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task After_failures_in_a_row_a_company_waits_and_another_is_still_served()
    {
        await _bench.ServeAsync("Broken");
        for (var call = 0; call < 5; call++) await _bench.SearchAsync(_bench.Acme);
        var waiting = (await _bench.SearchAsync(_bench.Acme)).Failure!;
        Assert.Equal(PluginErrorKind.Unavailable, waiting.Kind);
        Assert.InRange(waiting.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(PluginErrorKind.Bug, (await _bench.SearchAsync(_bench.Bolaget)).Failure!.Kind);
    }

    [Fact]
    public void An_open_breaker_lets_one_call_through_when_its_time_is_over_and_closes_when_that_succeeds()
    {
        var clock = new TestClock();
        var breaker = new CallGuards.Breaker();
        for (var failure = 0; failure < 5; failure++) breaker.Count(PluginErrorKind.Unavailable, clock);
        Assert.False(breaker.Lets(clock));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(breaker.Lets(clock));
        Assert.False(breaker.Lets(clock));
        breaker.Count(null, clock);
        Assert.True(breaker.Lets(clock));
        Assert.Null(breaker.OpenUntil);
    }

    [Fact]
    public void Wrong_credentials_open_no_breaker()
    {
        var breaker = new CallGuards.Breaker();
        for (var failure = 0; failure < 20; failure++) breaker.Count(PluginErrorKind.Unauthorized, TimeProvider.System);
        Assert.True(breaker.Lets(TimeProvider.System));
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_its_call_and_counts_against_nobody()
    {
        await _bench.ServeAsync("V1");
        using var gone = new CancellationTokenSource();
        var running = _bench.GetAsync(_bench.Acme, 60_000, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, _bench.Slot.Routes.Default!.Calls.Errors);
        Assert.Equal("one", await _bench.AskAsync());
    }

    [Fact]
    public async Task A_caller_is_told_how_far_its_call_is_and_its_key_reaches_the_plugin_and_no_other_call()
    {
        await _bench.ServeAsync("Telling");
        List<PluginProgress> told = [];
        var asked = new RegisterQuery { Text = "nord", Country = "NO" };
        var hit = (await _bench.Engine.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>("test", _bench.Acme, asked, static (register, call, query, ct) => register.SearchAsync(call, query, ct),
            TestContext.Current.CancellationToken, new() { Progress = new Told(told), IdempotencyKey = "k1" })).Value![0];
        Assert.Equal(("c1", "k1"), (hit.Name, hit.City));
        Assert.Equal([1, 2, 3], told.Select(p => p.Done));
        Assert.Null((await _bench.SearchAsync(_bench.Acme)).Value![0].City);
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task What_a_plugins_callbacks_throw_when_a_call_has_to_end_harms_nobody()
    {
        await _bench.ServeAsync("Rude", manifest: m => m["limits"]!["callSeconds"] = 1);
        Assert.Contains("did not answer within", (await _bench.SearchAsync(_bench.Acme)).Failure!.Detail, StringComparison.Ordinal);
        var running = _bench.SearchAsync(_bench.Bolaget);
        await _bench.ServeAsync("V1", "2.0.0");
        Assert.NotNull((await running).Failure);
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    [Fact]
    public async Task A_company_whose_calls_never_end_leaves_places_to_others()
    {
        await _bench.ServeAsync("V1", manifest: m => m["limits"]!["concurrency"] = 4);
        using var gone = new CancellationTokenSource();
        var endless = Enumerable.Range(0, 8).Select(_ => _bench.GetAsync(_bench.Acme, 60_000, gone.Token)).ToArray();
        Assert.Null((await _bench.GetAsync(_bench.Bolaget, 1)).Failure);
        await gone.CancelAsync();
        foreach (var one in endless) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Null((await _bench.GetAsync(_bench.Acme, 1)).Failure);
    }

    [Fact]
    public async Task A_version_that_is_refused_after_it_has_begun_to_work_is_stopped_and_leaves_memory()
    {
        await _bench.ServeAsync("V1");
        await Assert.ThrowsAsync<PackageException>(() => _bench.ServeAsync("UnhealthyAtWork", "2.0.0"));
        Assert.Equal("one", await _bench.AskAsync());
        Assert.NotNull((await _bench.RetiredAsync()).Gone);
    }

    [Theory, InlineData("{}"), InlineData("no JSON"), InlineData(""), InlineData("""{ "runtimeTarget": 5, "targets": 7 }"""), InlineData(null)]
    public async Task A_package_works_whatever_is_in_the_file_that_lists_its_dependencies(string? deps)
    {
        var files = TestPackages.Files("V2");
        if (deps is null) files.Remove("Crm.TestPlugins.deps.json");
        else files["Crm.TestPlugins.deps.json"] = System.Text.Encoding.UTF8.GetBytes(deps);
        await _bench.ServeAsync(PluginPackage.Pack(files));
        Assert.Equal(12, (await _bench.GetAsync(_bench.Acme, 1)).Value!.Employees);
    }

    [Fact]
    public async Task More_calls_than_may_run_wait_in_a_line_of_limited_length()
    {
        await _bench.ServeAsync("V1", manifest: m => m["limits"]!["concurrency"] = 1);
        var calls = Enumerable.Range(0, 20).Select(_ => _bench.GetAsync(_bench.Acme, 20)).ToArray();
        var answers = await Task.WhenAll(calls);
        Assert.Equal(9, answers.Count(a => a.Failure is null));
        Assert.All(answers.Where(a => a.Failure is not null), a => Assert.Contains("waiting", a.Failure!.Detail, StringComparison.Ordinal));
    }

    private sealed class Told(List<PluginProgress> all) : IProgress<PluginProgress>
    {
        public void Report(PluginProgress value) => all.Add(value);
    }
}
