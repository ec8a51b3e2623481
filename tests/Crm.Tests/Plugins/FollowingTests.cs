using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>A host runs what the database says, and says why where it cannot.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private static readonly string[] Acme = ["acme"];
    private const string Plugins = "/api/v1/operator/plugins";

    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true" }, services => Failing<IActors>.Before(services));

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        var operators = await _app.OperatorAsync();
        foreach (var (type, version) in new[] { ("V1", "1.0.0"), ("V2", "2.0.0"), ("Broken", "3.0.0") }) Assert.InRange((int)(await operators.UploadAsync(TestPackages.Of(type, version).Zip)).Status, 200, 201);
        await _app.ActivateAsync("test");
        await _app.Acme.SwitchOnAsync("test");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_change_that_could_not_be_stored_is_taken_back_on_the_host_that_tried_it()
    {
        var operators = await _app.OperatorAsync();
        Actors.Fault = Faults.NoChange;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/activate", new { version = "2.0.0" })).Status);
        Actors.Fault = null;
        Assert.Equal("one", await AskAsync(_app.Acme));
        var view = (await operators.ReadAsync($"{Plugins}/test")).Body;
        Assert.Equal(("1.0.0", "1.0.0"), (view.GetProperty("active").GetString(), view.GetProperty("inMemory").EnumerateArray().Single(v => v.GetProperty("state").GetString() == "serving").GetProperty("version").GetString()));
    }

    [Fact]
    public async Task A_request_that_is_repeated_or_refused_for_its_key_touches_nothing_of_what_serves()
    {
        var operators = await _app.OperatorAsync();
        await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/activate", new { version = "2.0.0" }, ("Idempotency-Key", "one"));
        await _app.ActivateAsync("test");
        Assert.Equal("one", await AskAsync(_app.Acme));
        var again = await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/activate", new { version = "2.0.0" }, ("Idempotency-Key", "one"));
        Assert.Equal((HttpStatusCode.OK, "true"), (again.Status, again.Header("Idempotency-Replayed")));
        Assert.Equal("idempotency.mismatch", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/disable", null, ("Idempotency-Key", "one"))).Code);
        // One that was swapped out and in again would have begun to count anew.
        var serving = (await operators.ReadAsync($"{Plugins}/test")).Body.GetProperty("inMemory").EnumerateArray().Single(v => v.GetProperty("state").GetString() == "serving");
        Assert.Equal(("1.0.0", 1), (serving.GetProperty("version").GetString(), serving.GetProperty("calls").GetInt32()));
    }

    [Fact]
    public async Task A_canary_that_could_not_go_back_because_the_database_was_away_goes_back_later_and_nobody_else_notices()
    {
        var other = await _app.NewCompanyAsync("other");
        await other.SwitchOnAsync("test");
        var operators = await _app.OperatorAsync();
        await operators.CallAsync(HttpMethod.Post, $"{Plugins}/test/canary", new { version = "3.0.0", companies = Acme });
        Actors.Fault = Faults.NoChange;
        for (var call = 0; call < 5; call++) Assert.Null(await AskAsync(_app.Acme));
        while (Actors.Failed == 0) Assert.Equal("one", await AskAsync(other));
        Actors.Fault = null;
        string? answer = null;
        while (answer is null)
        {
            // Other settings are tried at once, whatever the breaker says.
            await _app.Acme.Admin.CallAsync(HttpMethod.Patch, _app.Acme.Path("integrations/test"), new { enabled = false });
            await _app.Acme.SwitchOnAsync("test");
            answer = await AskAsync(_app.Acme);
            Assert.Equal("one", await AskAsync(other));
        }
        Assert.Equal("one", answer);
        Assert.Equal(JsonValueKind.Null, (await operators.ReadAsync($"{Plugins}/test")).Body.GetProperty("canary").ValueKind);
    }

    [Fact]
    public async Task A_company_whose_calls_are_stopped_stays_stopped_when_its_settings_are_only_read_anew()
    {
        await _app.ActivateAsync("test", "3.0.0");
        var ct = TestContext.Current.CancellationToken;
        // Else it would go back to the version before.
        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        while ((await CallAsync(_app.Acme)).Failure!.Kind != PluginErrorKind.Unavailable) ct.ThrowIfCancellationRequested();
        // As every two seconds where other hosts may have written them.
        await _app.Acme.Admin.CallAsync(HttpMethod.Patch, _app.Acme.Path("company"), new { name = "Acme again" });
        Assert.Equal(PluginErrorKind.Unavailable, (await CallAsync(_app.Acme)).Failure!.Kind);
    }

    private Failing<IActors> Actors => Failing<IActors>.Of(_app);

    private async Task<string?> AskAsync(TestCompany company) => (await CallAsync(company)).Value?[0].Name;

    private async Task<PluginAnswer<RegisterHit[]>> CallAsync(TestCompany company)
    {
        var ct = TestContext.Current.CancellationToken;
        var found = await _app.Services.GetRequiredService<IAccess>().CompanyAsync(company.Slug, ct);
        return await _app.Services.GetRequiredService<IPlugins>().CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(
            found!, "test", new() { Text = "nord", Country = "NO" }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct);
    }
}
