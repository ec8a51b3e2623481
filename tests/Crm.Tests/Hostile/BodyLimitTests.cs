using System.Net;
using System.Net.Sockets;
using System.Text;
using Crm.Tests.Api;

namespace Crm.Tests.Hostile;

/// <summary>How much is taken in: by the real server, since only that counts bytes.</summary>
public sealed class BodyLimitTests(BodyLimitTests.Listening listening) : IClassFixture<BodyLimitTests.Listening>
{
    private readonly CrmApp _app = listening.App;

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_413_on_every_route_that_reads_JSON()
    {
        var company = _app.Acme;
        var number = await company.PartnerAsync("Volvo");
        var large = $$"""{"name":"{{new string('x', 1 << 20)}}"}""";
        foreach (var (method, path) in new[] { (HttpMethod.Post, "partners"), (HttpMethod.Patch, $"partners/{number}"), (HttpMethod.Post, $"partners/{number}/contacts"), (HttpMethod.Post, "tags"), (HttpMethod.Post, "users") })
        {
            // A client that sends on regardless may find the connection closed before it has read the answer; one that asks first does not.
            Steps.AssertProblem(await company.Admin.CallAsync(method, company.Path(path), large, ("Expect", "100-continue")), 413, "request.tooLarge");
            Steps.AssertProblem(await company.Admin.CallAsync(method, company.Path(path), large, ("Expect", "100-continue"), ("Idempotency-Key", "large")), 413, "request.tooLarge");
        }
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", $$"""{"name":"{{new string('x', 1_000_000)}}"}"""), 422, "text.tooLong");
    }

    [Fact]
    public async Task A_file_of_several_megabytes_is_imported_with_and_without_an_idempotency_key()
    {
        var company = _app.Acme;
        var csv = Encoding.UTF8.GetBytes("Name;Country;Website\nLarge AB;SE;\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"Row {i};;{new string('x', 100_000)}\n")));
        Assert.True(csv.Length > 1 << 20);
        var alone = await company.UploadAsync(csv);
        Assert.Equal(HttpStatusCode.Accepted, alone.Status);
        var (first, again) = (await company.UploadAsync(csv, "", ("Idempotency-Key", "large")), await company.UploadAsync(csv, "", ("Idempotency-Key", "large")));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, "true"), (first.Status, again.Status, again.Header("Idempotency-Replayed")));
        Assert.Equal(first.Body.GetProperty("number").GetInt64(), again.Body.GetProperty("number").GetInt64());
        csv[^2] = (byte)'y';
        Steps.AssertProblem(await company.UploadAsync(csv, "", ("Idempotency-Key", "large")), 422, "idempotency.mismatch");
        foreach (var import in new[] { alone, first }) await company.FinishedAsync(import.Body.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task A_file_that_says_it_has_more_than_200_megabytes_is_413_before_it_is_sent()
    {
        var company = _app.Acme;
        var (address, token) = (company.Admin.BaseAddress!, company.Admin.DefaultRequestHeaders.Authorization!.Parameter);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {company.Path("imports")} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: text/csv\r\nContent-Length: {201L << 20}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("request.tooLarge", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_stores_nothing()
    {
        var company = _app.Acme;
        var before = (await company.GetAsync("partners?count=exact")).Body.GetProperty("count").GetInt64();
        var (address, token) = (company.Admin.BaseAddress!, company.Admin.DefaultRequestHeaders.Authorization!.Parameter);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {company.Path("partners")} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"name\":\"Half"), TestContext.Current.CancellationToken);
        }
        Assert.Equal(HttpStatusCode.OK, (await company.GetAsync("partners")).Status);
        Assert.Equal(before, (await company.GetAsync("partners?count=exact")).Body.GetProperty("count").GetInt64());
        Assert.Equal(0, (await company.GetAsync("partners?name=Half")).Body.GetProperty("count").GetInt64());
    }

    /// <summary>One program for these tests.</summary>
    public sealed class Listening : IAsyncLifetime
    {
        public CrmApp App { get; } = CrmApp.Listening();

        public ValueTask InitializeAsync() => App.InitializeAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
