using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Crm.Host.Plugins;
using Crm.Host.Telemetry;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;
using Crm.Tests.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Benchmarks;

/// <summary>Plugins: swapped a thousand times under load, from package to serving, and what the guards of a call cost over the call itself.</summary>
internal static class PluginsScenario
{
    private const int InFlight = 5_000, Swaps = 1_000, Uploads = 40, Batches = 2_000, Batch = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"crm-plugins-{Guid.NewGuid():n}");

    public static async Task RunAsync()
    {
        Console.WriteLine("\nplugins");
        try
        {
            await CallsAsync();
            await UploadsAsync();
            await SwapsAsync();
        }
        finally { Directory.Delete(Folder, recursive: true); }
    }

    private static PluginEngine Engine() => new(new PluginLoader(new() { Folder = Folder }, TimeProvider.System), new Endless(), new(new NoMeters()), TimeProvider.System, NullLoggerFactory.Instance);

    private static PluginPackage Package(string type, string version) => TestPackages.Of(type, version, m => (m["limits"]!["concurrency"], m["limits"]!["callSeconds"]) = (10_000, 60));

    private static PluginConnection Company(int id) => new(new(id, $"c{id}"), PluginSettings.Empty, new HashSet<string>(), new NoStore());

    private static async Task SwapsAsync()
    {
        var engine = Engine();
        PluginPackage[] packages = [Package("V1", "1.0.0"), Package("V2", "2.0.0")];
        await engine.ApplyAsync("test", WantedVersions.Only(packages[0]), default);
        using var end = new CancellationTokenSource();
        var failures = new ConcurrentDictionary<string, int>();
        var callers = Enumerable.Range(0, InFlight).Select(i => Task.Run(() => CallUntilAsync(engine, Company(i % 50), 20 + (i % 380), failures, end.Token))).ToArray();
        await Task.Delay(500);
        List<double> ready = [], first = [];
        var retired = new ConcurrentQueue<Retirement>();
        engine.Retired = retired.Enqueue;
        var (late, early) = (0, 0L);
        for (var swap = 1; swap <= Swaps; swap++)
        {
            var start = Stopwatch.GetTimestamp();
            await engine.ApplyAsync("test", WantedVersions.Only(packages[swap % 2]), default);
            var published = Stopwatch.GetTimestamp();
            ready.Add(Stopwatch.GetElapsedTime(start, published).TotalMilliseconds);
            var answer = await SearchAsync(engine, Company(99));
            first.Add(Stopwatch.GetElapsedTime(published).TotalMilliseconds);
            if (answer.Value?[0].Name != (swap % 2 == 0 ? "one" : "two")) late++;
            if (swap == 10) early = await SettledSetAsync();
            // Long enough that each version serves: otherwise hundreds would drain at the same time.
            await Task.Delay(Pause);
        }
        await end.CancelAsync();
        var calls = (await Task.WhenAll(callers)).Sum();
        while (retired.Count < Swaps) await Task.Delay(100);
        var ended = retired.ToArray();
        var gone = ended.Where(r => r.Gone is not null).Select(r => r.Gone!.Value.TotalMilliseconds).ToList();
        var last = await SettledSetAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Swaps} swaps, {InFlight} calls in flight: {calls} calls, {failures.Values.Sum()} failed{string.Concat(failures.Select(f => $" ({f.Value} x {f.Key})"))}; {late} next calls on the old version"));
        Report("ready and published", ready);
        Report("next call answered after publishing", first);
        Report($"out of memory after the drain ({gone.Count} of {ended.Length})", gone);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  working set after 10 swaps {early >> 20} MB, at the end {last >> 20} MB: {(double)last / early:0.00} times"));
    }

    private static async Task<long> SettledSetAsync()
    {
        await Task.Delay(1_000);
        return Environment.WorkingSet;
    }

    private static async Task<int> CallUntilAsync(PluginEngine engine, PluginConnection company, int milliseconds, ConcurrentDictionary<string, int> failures, CancellationToken end)
    {
        var (calls, number) = (0, milliseconds.ToString(CultureInfo.InvariantCulture));
        for (; !end.IsCancellationRequested; calls++)
        {
            var answer = await engine.CallAsync<ICompanyRegister, string, RegisterCompany?>("test", company, number, static (register, call, number, ct) => register.GetAsync(call, "NO", number, ct), CancellationToken.None);
            if (answer.Failure is { } failure) failures.AddOrUpdate(failure.Detail, 1, (_, n) => n + 1);
        }
        return calls;
    }

    private static ValueTask<Contracts.PluginAnswer<RegisterHit[]>> SearchAsync(PluginEngine engine, PluginConnection company) =>
        engine.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>("test", company, Query, static (register, call, query, ct) => register.SearchAsync(call, query, ct), CancellationToken.None);

    private static readonly RegisterQuery Query = new() { Text = "nord", Country = "NO" };

    private static async Task UploadsAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportSubjectPublicKeyInfoPem();
        var (engine, filling) = (Engine(), RandomNumberGenerator.GetBytes(1 << 20));
        List<double> verified = [], serving = [];
        using var ended = new CountdownEvent(Uploads - 1);
        engine.Retired = _ => ended.Signal();
        for (var i = 0; i < Uploads; i++)
        {
            var files = TestPackages.Files("V2", $"3.0.{i}");
            files["data.bin"] = filling;
            var zip = PluginSignature.Sign(PluginPackage.Pack(files), key).Zip;
            var start = Stopwatch.GetTimestamp();
            var package = PluginPackage.Read(zip);
            _ = PluginSignature.Verify(package, (_, _) => pem);
            PackageInspector.Inspect(package);
            verified.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await engine.ApplyAsync("test", WantedVersions.Only(package), default);
            serving.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Report("a package of 1 MB read, verified and inspected", verified[1..]);
        Report("until it serves", serving[1..]);
        ended.Wait();
    }

    private static async Task CallsAsync()
    {
        var engine = Engine();
        await engine.ApplyAsync("test", WantedVersions.Only(Package("V1", "1.0.0")), default);
        var (slot, company) = (engine.Slot("test"), Company(1));
        await SearchAsync(engine, company);
        var version = slot.Enter(1)!;
        var (register, call) = ((ICompanyRegister)version.Plugin, version.CallFor(company, slot, TimeProvider.System, NullLoggerFactory.Instance));
        var direct = Least(() => register.SearchAsync(call, Query, CancellationToken.None));
        var leased = Least(() =>
        {
            var entered = slot.Enter(1)!;
            var answer = register.SearchAsync(call, Query, CancellationToken.None);
            entered.Leave();
            return answer;
        });
        var leasedAsync = Least(() => LeasedAsync(slot, register, call));
        var guarded = Least(() => SearchAsync(engine, company));
        using var metrics = new Metrics(new NoMeters());
        await metrics.StartAsync(CancellationToken.None);
        var told = Least(() => SearchAsync(engine, company));
        version.Leave();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a call direct {direct.Nanoseconds:N1} ns, {direct.Bytes} B; over it: lease {leased.Nanoseconds - direct.Nanoseconds:N1} ns, in an async method {leasedAsync.Nanoseconds - direct.Nanoseconds:N1} ns, all guards {guarded.Nanoseconds - direct.Nanoseconds:N0} ns and {guarded.Bytes - direct.Bytes} B, with metrics {told.Nanoseconds - direct.Nanoseconds:N0} ns"));
    }

    private static async ValueTask<RegisterHit[]> LeasedAsync(PluginSlot slot, ICompanyRegister register, IPluginCall call)
    {
        var entered = slot.Enter(1)!;
        try { return await register.SearchAsync(call, Query, CancellationToken.None); }
        finally { entered.Leave(); }
    }

    /// <summary>The best of many short batches: what the call costs when nothing else runs.</summary>
    private static (double Nanoseconds, long Bytes) Least<T>(Func<ValueTask<T>> call)
    {
        var (least, bytes) = (double.MaxValue, long.MaxValue);
        for (var batch = 0; batch < Batches; batch++)
        {
            var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var i = 0; i < Batch; i++)
            {
                var pending = call();
                if (!pending.IsCompletedSuccessfully) throw new InvalidOperationException("The call did not end at once.");
                _ = pending.GetAwaiter().GetResult();
            }
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch);
            bytes = Math.Min(bytes, (GC.GetAllocatedBytesForCurrentThread() - allocated) / Batch);
        }
        return (least, bytes);
    }

    private static void Report(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-58} p50 {times[times.Count / 2],9:N1} ms, p95 {times[(int)(times.Count * 0.95)],9:N1}, longest {times[^1],9:N1}"));
    }
}
