using System.Net;

namespace Crm.Tests.Api;

/// <summary>How the host serves the pages; what is in them is made up here.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-pages-").FullName;
    private CrmApp _app = null!;

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        File.WriteAllText(Path.Combine(_folder, "index.html"), "<!doctype html><title>CRM</title>");
        File.WriteAllText(Path.Combine(_folder, "scheme.js"), "plain");
        File.WriteAllText(Path.Combine(_folder, "assets", "index-abc.js"), "whole");
        File.WriteAllText(Path.Combine(_folder, "assets", "index-abc.js.br"), "br");
        File.WriteAllText(Path.Combine(_folder, "assets", "index-abc.js.gz"), "gz");
        _app = CrmApp.With(new Dictionary<string, string> { ["webroot"] = _folder });
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/acme/crm?stage=active")]
    [InlineData("/acme/partners/1001")]
    [InlineData("/index.html")]
    public async Task Every_address_that_a_browser_opens_is_the_one_page(string address)
    {
        using var answer = await AskAsync(address, "text/html");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl?.NoCache);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_file_with_a_hash_in_its_name_is_kept_for_ever_and_comes_in_the_smallest_form_that_is_accepted()
    {
        foreach (var (accepted, body) in new[] { ("br, gzip", "br"), ("gzip", "gz"), ("br;q=0, gzip", "gz"), ("", "whole") })
        {
            using var answer = await AskAsync("/assets/index-abc.js", "*/*", accepted);
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        }
    }

    [Fact]
    public async Task A_page_that_the_browser_has_is_not_sent_again()
    {
        using var first = await AskAsync("/", "text/html");
        using var again = await AskAsync("/", "text/html", tag: first.Headers.ETag!.Tag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
    }

    [Theory]
    [InlineData("/api/v1/acme/nothing", "text/html")]
    [InlineData("/openapi/v2.json", "text/html")]
    [InlineData("/assets/index-old.js", "text/html")]
    [InlineData("/nothing", "application/json")]
    [InlineData("/../crm.db", "*/*")]
    [InlineData("/assets/%2e%2e/%2e%2e/crm.db", "*/*")]
    public async Task What_is_not_a_page_stays_a_problem(string address, string accept)
    {
        using var answer = await AskAsync(address, accept);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string accept, string encodings = "", string? tag = null)
    {
        using var client = _app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        if (encodings.Length > 0) request.Headers.Add("Accept-Encoding", encodings);
        if (tag is not null) request.Headers.Add("If-None-Match", tag);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
