using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Plugins;

/// <summary>A secret counts when its change is stored, and goes nowhere that it was not given for; settings of one version harm nobody in another.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Right = "open sesame", Wrong = "another one";
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true" }, services => Failing<IActors>.Before(services));

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        await UploadAsync("1.0.0", """{ "address": { "type": "string", "format": "uri", "x-host": true, "default": "https://register.example/a" }, "key": { "type": "string", "x-secret": true, "minLength": 4 }, "old": { "type": "string", "x-secret": true }, "size": { "type": "integer" }, "base": { "type": "string" }, "label": { "type": "string" } }""", "key");
        await UploadAsync("2.0.0", """{ "address": { "type": "string", "format": "uri", "x-host": true, "default": "https://register.example/a" }, "key": { "type": "string", "x-secret": true, "minLength": 4 }, "size": { "type": "integer", "maximum": 9 }, "base": { "type": "string", "format": "uri", "x-host": true }, "label": { "type": "string", "x-secret": true } }""", "key");
        await UploadAsync("3.0.0", """{ "key": { "type": "string" } }""");
        await _app.ActivateAsync("test");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_repeated_request_does_not_bring_an_old_secret_back_and_says_that_it_was_repeated()
    {
        await ChangeAsync(new { settings = new { key = Right } }, ("Idempotency-Key", "one"));
        await ChangeAsync(new { settings = new { key = Wrong } });
        var again = await ChangeAsync(new { settings = new { key = Right } }, ("Idempotency-Key", "one"));
        Assert.Equal((HttpStatusCode.OK, "true", "test"), (again.Status, again.Header("Idempotency-Replayed"), again.Text("plugin")));
        Assert.Equal("unauthorized", (await TestAsync()).Text("kind"));
    }

    [Fact]
    public async Task A_request_with_the_key_of_another_request_takes_no_secret_away()
    {
        await ChangeAsync(new { settings = new { key = Right } }, ("Idempotency-Key", "one"));
        Assert.Equal("idempotency.mismatch", (await ChangeAsync(new { settings = new { key = (string?)null } }, ("Idempotency-Key", "one"))).Code);
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task A_change_that_could_not_be_stored_leaves_the_secret_as_it_was()
    {
        await ChangeAsync(new { settings = new { key = Right } });
        Failing<IActors>.Of(_app).Fault = Faults.NoChange;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ChangeAsync(new { settings = new { key = Wrong } })).Status);
        Failing<IActors>.Of(_app).Fault = null;
        // The settings are read anew, as on another host.
        await _app.Acme.Admin.CallAsync(HttpMethod.Patch, _app.Acme.Path("company"), new { name = "Acme again" });
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task Only_the_secret_that_counts_is_kept()
    {
        var first = await ChangeAsync(new { settings = new { key = Wrong } });
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ChangeAsync(new { settings = new { key = Wrong } }, ("If-Match", "\"77\""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { key = Right } }, ("If-Match", first.ETag!))).Status);
        Assert.Single(await SecretsAsync());
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_whatever_is_wrong_with_a_secret()
    {
        var refused = await ChangeAsync(new { enabled = true, settings = new { key = "abc", size = "many", other = 1 } });
        Assert.Equal(["/settings/key", "/settings/other", "/settings/size"], refused.Body.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal((HttpStatusCode.BadRequest, "integration.settings"), await ChangeAsync("""{ "settings": [1] }""") is var list ? (list.Status, list.Code) : default);
    }

    [Fact]
    public async Task Settings_that_a_newer_version_refuses_are_named_and_keep_nobody_from_switching_off_or_from_setting_them_right()
    {
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { enabled = true, settings = new { key = Right, old = "forgotten", size = 12, @base = "nowhere" } })).Status);
        await _app.ActivateAsync("test", "2.0.0");
        var tested = await TestAsync();
        Assert.Equal((HttpStatusCode.OK, "notConfigured"), (tested.Status, tested.Text("kind")));
        Assert.Contains("size", tested.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { enabled = false })).Status);
        Assert.Equal(["/settings/base", "/settings/size"], (await ChangeAsync(new { enabled = true })).Body.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { size = 3 } })).Status);
        Assert.Contains("base", (await TestAsync()).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { enabled = true, settings = new { @base = (string?)null } }) ).Status);
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { old = (string?)null } })).Status);
        Assert.Single(await SecretsAsync());
    }

    [Fact]
    public async Task What_a_newer_version_calls_a_secret_is_shown_no_longer_and_hidden_with_the_next_change()
    {
        await _app.ActivateAsync("test", "3.0.0");
        await ChangeAsync(new { settings = new { key = Right } });
        await _app.ActivateAsync("test");
        Assert.Equal("{}", (await _app.Acme.Reader.ReadAsync(_app.Acme.Path("integrations/test"))).Body.GetProperty("settings").GetRawText());
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
        await ChangeAsync(new { settings = new { size = 3 } });
        Assert.Single(await SecretsAsync());
        Assert.DoesNotContain(Right, string.Concat(await StoredAsync("select doc from integrations")), StringComparison.Ordinal);
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task A_secret_goes_to_no_other_server_than_it_was_given_for()
    {
        await ChangeAsync(new { settings = new { key = Right } });
        var refused = await ChangeAsync(new { settings = new { address = "https://mine.example" } });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "integration.secret.again"), (refused.Status, refused.Code));
        Assert.Equal("/settings/key", refused.Body.GetProperty("errors").EnumerateObject().Single().Name);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { address = "https://register.example/b" } })).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { address = "https://mine.example", key = "mine alone" } })).Status);
        Assert.Equal("integration.secret.again", (await ChangeAsync(new { settings = new { address = (string?)null } })).Code);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { address = (string?)null, key = (string?)null } })).Status);
        Assert.Empty(await SecretsAsync());
    }

    private async Task UploadAsync(string version, string properties, params string[] required)
    {
        var settings = JsonNode.Parse(properties)!.AsObject();
        var package = TestPackages.Of("Caller", version, m =>
        {
            m["settings"] = new JsonObject { ["properties"] = settings.DeepClone(), ["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]) };
            foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = new JsonObject(settings.Select(s => KeyValuePair.Create(s.Key, JsonNode.Parse("""{ "title": "It" }"""))));
        });
        Assert.InRange((int)(await (await _app.OperatorAsync()).UploadAsync(package.Zip)).Status, 200, 201);
    }

    private Task<Reply> ChangeAsync(object change, params (string Name, string Value)[] headers) => _app.Acme.Admin.CallAsync(HttpMethod.Patch, _app.Acme.Path("integrations/test"), change, headers);

    private Task<Reply> TestAsync() => _app.Acme.Admin.CallAsync(HttpMethod.Post, _app.Acme.Path("integrations/test/test"));

    private Task<List<string>> SecretsAsync() => StoredAsync("select value from integration_secrets");

    private async Task<List<string>> StoredAsync(string query)
    {
        await using var database = new SqliteConnection($"Data Source={_app.DatabaseFile};Mode=ReadOnly");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // Two texts of this file.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) values.Add(reader.GetString(0));
        return values;
    }
}
