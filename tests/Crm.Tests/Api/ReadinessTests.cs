using System.Net;
using Crm.Host.Storage;
using Crm.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

public sealed class ReadinessTests(OneApp app)
{
    [Fact]
    public async Task A_program_is_ready_when_its_database_has_its_schema()
    {
        Assert.Equal(HttpStatusCode.OK, (await app.App.Anonymous().ReadAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.App.Anonymous().ReadAsync("/health/live")).Status);
        var ahead = new Readiness(app.Services.GetRequiredService<IDatabase>(), [new("core", 99, "099-later.sql", "")], TimeProvider.System);
        Assert.Equal("health.schema", (await ahead.CheckAsync(TestContext.Current.CancellationToken))?.Code);
    }

    [Fact]
    public async Task A_database_that_is_gone_makes_it_unready()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-");
        var store = new SqliteStore(Path.Combine(folder.FullName, "crm.db"));
        // No script has run, so there is no table to ask: to a reader that is a database that does not answer.
        var readiness = new Readiness(store, [new("core", 1, "001-core.sql", "")], TimeProvider.System);
        Assert.Equal((RefusalKind.Unavailable, "health.database"), await readiness.CheckAsync(TestContext.Current.CancellationToken) is { } refusal ? (refusal.Kind, refusal.Code) : default);
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
