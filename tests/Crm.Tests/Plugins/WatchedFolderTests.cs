using System.Security.Cryptography;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>What an author builds into a watched folder serves within seconds; what is wrong is said once and leaves the one before serving.</summary>
[TakesLong]
public sealed class WatchedFolderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-watch-").FullName;
    private CrmApp _app = null!;
    private TestCompany _acme = null!;

    public ValueTask InitializeAsync() => StartAsync(allowUnsigned: true);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_package_that_is_dropped_into_the_folder_serves_within_seconds_and_an_edited_one_replaces_it()
    {
        Drop("V1");
        await AnswersAsync("one");
        Drop("V2");
        await AnswersAsync("two");
        var plugin = await PluginAsync();
        Assert.StartsWith("1.0.0-dev.", plugin.Text("active"), StringComparison.Ordinal);
        Assert.Equal("1.0.0", plugin.Text("previous"));
        Assert.Equal(2, LinesWith("serves in version 1.0.0"));
        Drop("V1");
        await AnswersAsync("one");
        Assert.Equal("1.0.0", (await PluginAsync()).Text("active"));
    }

    [Fact]
    public async Task The_output_of_a_build_with_plugin_json_beside_it_is_packed_and_serves()
    {
        Build("V1", "1.0.0");
        await AnswersAsync("one");
        Build("V2", "1.1.0");
        await AnswersAsync("two");
        Assert.Equal("1.1.0", (await PluginAsync()).Text("active"));
    }

    [Fact]
    public async Task A_broken_package_leaves_the_old_one_serving_and_is_refused_once_until_it_changes()
    {
        Drop("V1");
        await AnswersAsync("one");
        Drop("ThrowsAtStart");
        await SaidAsync("plugin.start");
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.plugin.zip"), "no zip", TestContext.Current.CancellationToken);
        await SaidAsync("package.unreadable");
        Assert.Equal("one", (await SearchAsync()).Value![0].Name);
        // The look that takes this one has passed the refused ones by.
        Build("V2", "2.0.0", "third");
        await SaidAsync("serves in version 2.0.0");
        Assert.Equal((1, 1), (LinesWith("plugin.start"), LinesWith("package.unreadable")));
        Drop("V1", file: "other");
        await SaidAsync("other.plugin.zip", "serves");
    }

    [Fact]
    public async Task A_server_that_takes_signed_packages_only_takes_no_others_from_the_folder()
    {
        await _app.DisposeAsync();
        await StartAsync(allowUnsigned: false);
        Drop("V1");
        await SaidAsync("signature.missing");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await (await _app.OperatorAsync()).CallAsync(HttpMethod.Post, "/api/v1/operator/publishers", new { name = "acme", publicKey = key.ExportSubjectPublicKeyInfoPem() });
        await WriteAsync("test", PluginSignature.Sign(TestPackages.Of("V1"), key));
        await AnswersAsync("one");
        await WriteAsync("test", PluginSignature.Sign(TestPackages.Of("V2"), key));
        await SaidAsync("plugin.version.taken");
        Assert.Equal("one", (await SearchAsync()).Value![0].Name);
    }

    private async ValueTask StartAsync(bool allowUnsigned)
    {
        _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:Watch"] = _folder, ["Plugins:AllowUnsigned"] = $"{allowUnsigned}" });
        _acme = await _app.NewCompanyAsync("acme");
    }

    private void Drop(string type, string file = "test") => File.WriteAllBytes(Path.Combine(_folder, $"{file}.plugin.zip"), TestPackages.Of(type).Zip);

    private Task WriteAsync(string file, PluginPackage package) => File.WriteAllBytesAsync(Path.Combine(_folder, $"{file}.plugin.zip"), package.Zip, TestContext.Current.CancellationToken);

    private void Build(string type, string version, string folder = "output")
    {
        var output = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        File.WriteAllText(Path.Combine(output, "Crm.TestPlugins.pdb"), "symbols");
        foreach (var (path, content) in TestPackages.Files(type, version)) File.WriteAllBytes(Path.Combine(output, path), content);
    }

    private async Task<Reply> PluginAsync() => await (await _app.OperatorAsync()).ReadAsync("/api/v1/operator/plugins/test");

    private async Task AnswersAsync(string name)
    {
        await UntilAsync(async () =>
        {
            await _acme.Admin.CallAsync(HttpMethod.Patch, _acme.Path("integrations/test"), new { enabled = true });
            return (await SearchAsync()).Value?[0].Name == name;
        }, $"it does not answer {name}");
    }

    private Task SaidAsync(params string[] words) => UntilAsync(() => Task.FromResult(_app.Log.Any(l => words.All(w => l.Contains(w, StringComparison.Ordinal)))), $"the log does not say {string.Join(" … ", words)}");

    private int LinesWith(string words) => _app.Log.Count(l => l.Contains(words, StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> isSo, string otherwise)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), otherwise);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private async Task<PluginAnswer<RegisterHit[]>> SearchAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var found = await _app.Services.GetRequiredService<IAccess>().CompanyAsync(_acme.Slug, ct);
        return await _app.Services.GetRequiredService<IPlugins>().CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(found!, "test", new() { Text = "nord", Country = "NO" }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct);
    }
}
