using System.Net;
using Crm.Contracts;
using Crm.Integrations;
using Crm.Plugins.Packages;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>A host that starts serves what it can, says what it cannot, and tries again.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private const string Plugins = "/api/v1/operator/plugins";
    private static readonly string[] Acme = ["acme"];
    private readonly string _data = Directory.CreateTempSubdirectory("crm-data-").FullName;
    private CrmApp _app = null!;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_version_that_does_not_start_any_more_stops_no_pinned_company_and_the_one_before_serves_until_it_does()
    {
        await FirstAsync();
        await _app.ActivateAsync("test", "2.0.0");
        await (await _app.OperatorAsync()).CallAsync(HttpMethod.Put, $"{Plugins}/test/pins/acme", new { version = "3.0.0" });
        await StartAsync(allowUnsigned: true, (method, args) => method == nameof(IPluginEngine.ApplyAsync) && args[1] is WantedVersions { Default.Manifest.Version: "2.0.0" } ? new PackageException("plugin.start", "There is no room.") : null);
        Assert.Equal(("3.0.0", "1.0.0"), (await ServingAsync("acme"), await ServingAsync("other")));
        Assert.Equal("Version 2.0.0 cannot serve here: There is no room. Version 1.0.0 serves instead.", (await (await _app.OperatorAsync()).ReadAsync($"{Plugins}/test")).Text("problem"));
        Assert.Equal(HttpStatusCode.OK, (await _app.Anonymous().ReadAsync("/health/ready")).Status);
        var engine = Failing<IPluginEngine>.Of(_app);
        var failed = engine.Failed;
        await Keeper.FollowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(failed, engine.Failed);
        engine.Fault = null;
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        await Keeper.FollowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("3.0.0", "2.0.0", null), (await ServingAsync("acme"), await ServingAsync("other"), Keeper.ProblemOf("test")));
    }

    [Fact]
    public async Task What_serves_goes_on_after_a_restart_and_what_is_not_trusted_any_more_does_not_begin_to()
    {
        await FirstAsync();
        await StartAsync(allowUnsigned: false);
        Assert.Equal("1.0.0", await ServingAsync("other"));
        var operators = await _app.OperatorAsync();
        Assert.Equal("signature.missing", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/activate", new { version = "2.0.0" })).Code);
        Assert.Equal("signature.missing", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/canary", new { version = "2.0.0", companies = Acme })).Code);
        Assert.Equal("signature.missing", (await operators.CallAsync(HttpMethod.Put, $"{Plugins}/test/pins/acme", new { version = "2.0.0" })).Code);
        Assert.Equal("1.0.0", await ServingAsync("acme"));
        Assert.Equal(HttpStatusCode.OK, (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/disable")).Status);
    }

    private PluginKeeper Keeper => _app.Services.GetRequiredService<PluginKeeper>();

    private async Task FirstAsync()
    {
        _app = App(allowUnsigned: true, null);
        await _app.InitializeAsync();
        await _app.NewCompanyAsync("other");
        var operators = await _app.OperatorAsync();
        foreach (var version in new[] { "1.0.0", "2.0.0", "3.0.0" }) Assert.InRange((int)(await operators.UploadAsync(TestPackages.Of("V1", version).Zip)).Status, 200, 201);
        await _app.ActivateAsync("test");
    }

    private async Task StartAsync(bool allowUnsigned, Func<string, object?[], Exception?>? fault = null)
    {
        await _app.DisposeAsync();
        _app = App(allowUnsigned, fault);
        await Keeper.FollowAsync(TestContext.Current.CancellationToken);
    }

    private CrmApp App(bool allowUnsigned, Func<string, object?[], Exception?>? fault) =>
        CrmApp.With(new Dictionary<string, string> { ["Storage:Data"] = _data, ["Plugins:AllowUnsigned"] = $"{allowUnsigned}" }, services => Failing<IPluginEngine>.Before(services, fault));

    private async Task<string?> ServingAsync(string slug) =>
        Keeper.ManifestFor("test", (await _app.Services.GetRequiredService<IAccess>().CompanyAsync(slug, TestContext.Current.CancellationToken))!)?.Version;
}
