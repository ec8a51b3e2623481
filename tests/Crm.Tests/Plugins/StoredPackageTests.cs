using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Plugins;

/// <summary>A package is stored once, whole, and goes with its version.</summary>
public sealed class StoredPackageTests : IAsyncLifetime
{
    private const string Plugins = "/api/v1/operator/plugins";
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true" }, services => Failing<IFiles>.Before(services));

    public async ValueTask InitializeAsync()
    {
        foreach (var version in new[] { "1.0.0", "2.0.0" }) Assert.InRange((int)(await UploadAsync(version)).Status, 200, 201);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_same_package_again_writes_and_removes_nothing()
    {
        Failing<IFiles>.Of(_app).Fault = (method, _) => method != nameof(IFiles.OpenAsync) ? new OperationCanceledException() : null;
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync("1.0.0")).Status);
        Failing<IFiles>.Of(_app).Fault = null;
        await _app.ActivateAsync("test");
    }

    [Fact]
    public async Task A_package_that_lost_a_part_is_whole_again_when_it_is_uploaded_again()
    {
        await StoredAsync("delete from files");
        Assert.Equal("package.lost", (await (await _app.OperatorAsync()).CallAsync(HttpMethod.Post, $"{Plugins}/test/activate", new { version = "1.0.0" })).Code);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync("1.0.0")).Status);
        await _app.ActivateAsync("test");
    }

    [Fact]
    public async Task A_version_that_is_removed_takes_its_package_along_and_a_refused_upload_leaves_none()
    {
        Assert.Equal(HttpStatusCode.OK, (await (await _app.OperatorAsync()).CallAsync(HttpMethod.Delete, $"{Plugins}/test/versions/2.0.0")).Status);
        Assert.Equal(1, await StoredAsync("select count(distinct name) from files"));
        Assert.Equal("plugin.version.taken", (await (await _app.OperatorAsync()).UploadAsync(TestPackages.Of("V2").Zip)).Code);
        Assert.Equal(1, await StoredAsync("select count(distinct name) from files"));
    }

    [Fact]
    public async Task The_page_of_a_plugin_reads_its_packages_once()
    {
        var operators = await _app.OperatorAsync();
        await operators.ReadAsync($"{Plugins}/test");
        await _app.ActivateAsync("test");
        Failing<IFiles>.Of(_app).Fault = (_, _) => new InvalidOperationException("Read again.");
        Assert.All((await operators.ReadAsync($"{Plugins}/test")).Body.GetProperty("versions").EnumerateArray(), v => Assert.Equal(JsonValueKind.Object, v.GetProperty("manifest").ValueKind));
    }

    private async Task<Reply> UploadAsync(string version) => await (await _app.OperatorAsync()).UploadAsync(TestPackages.Of("V1", version).Zip);

    private async Task<long?> StoredAsync(string query)
    {
        await using var database = new SqliteConnection($"Data Source={_app.DatabaseFile}");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = query;
#pragma warning restore CA2100
        return (long?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
