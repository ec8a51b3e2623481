using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Access;

public sealed class ProblemTests(CrmApp app) : IClassFixture<CrmApp>
{
    [Fact]
    public async Task Everything_that_goes_wrong_is_a_problem_with_a_code()
    {
        var (admin, path) = (app.Acme.Admin, app.Acme.Path("departments"));
        Assert.Equal((404, "route.notFound"), Of(await admin.ReadAsync("/api/v1/acme/nothing/here")));
        Assert.Equal((404, "route.notFound"), Of(await app.Anonymous().ReadAsync("/nothing")));
        Assert.Equal((405, "method.notAllowed"), Of(await admin.CallAsync(HttpMethod.Put, path, new { })));
        Assert.Equal((400, "request.json"), Of(await admin.CallAsync(HttpMethod.Post, path, "{")));
        Assert.Equal((400, "request.json"), Of(await admin.CallAsync(HttpMethod.Post, path)));
        Assert.Equal((400, "validation.failed"), Of(await admin.CallAsync(HttpMethod.Post, path, "{}")) is (400, _) ? (400, "validation.failed") : default);
        Assert.Equal((400, "request.member.unknown"), Of(await admin.CallAsync(HttpMethod.Post, path, new { id = "x", name = "X", colour = "red" })));
        Assert.Equal((404, "route.notFound"), Of(await admin.ReadAsync(app.Acme.Path("api-keys/abc"))));
        Assert.Equal((404, "apiKey.notFound"), Of(await admin.ReadAsync(app.Acme.Path("api-keys/99999"))));
        using var text = new StringContent("id=x", Encoding.UTF8, "text/plain");
        var response = await admin.PostAsync(new Uri(path, UriKind.Relative), text, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Every_answer_has_the_security_headers_and_a_request_id()
    {
        foreach (var reply in new[] { await app.Acme.Admin.ReadAsync(app.Acme.Path("users")), await app.Anonymous().ReadAsync("/api/v1/acme/users"), await app.Anonymous().ReadAsync("/api/none") })
        {
            Assert.NotEmpty(reply.Header("X-Request-Id")!);
            Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
            Assert.Equal("no-referrer", reply.Header("Referrer-Policy"));
            Assert.True(reply.Message.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task A_sane_request_id_comes_back_and_another_does_not()
    {
        Assert.Equal("trace-1.a_B", (await app.Anonymous().ReadAsync("/api/none", ("X-Request-Id", "trace-1.a_B"))).Header("X-Request-Id"));
        Assert.NotEqual("<script>", (await app.Anonymous().ReadAsync("/api/none", ("X-Request-Id", "<script>"))).Header("X-Request-Id"));
        Assert.True((await app.Anonymous().ReadAsync("/api/none", ("X-Request-Id", new string('x', 101)))).Header("X-Request-Id")!.Length < 101);
    }

    [Theory]
    [InlineData("bug", 500, "server.error")]
    [InlineData("storage", 503, "storage.unavailable")]
    [InlineData("large", 413, "request.tooLarge")]
    [InlineData("bad", 400, "request.malformed")]
    public async Task Exceptions_are_problems_that_tell_nothing_from_inside(string kind, int status, string code)
    {
        await using var broken = CrmApp.With(services: services => services.AddSingleton<IStartupFilter>(new Failing()));
        var reply = await broken.Anonymous().ReadAsync($"/fail/{kind}?q=secret-of-somebody");
        Assert.Equal((status, code), Of(reply));
        Assert.DoesNotContain("secret", reply.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(status == 503 ? "1" : null, reply.Header("Retry-After"));
        var lines = broken.Log.Where(line => line.Contains(reply.Text("traceId")!, StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal)).ToArray();
        Assert.Equal(status == 500 ? 1 : 0, lines.Length);
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    private static (int Status, string? Code) Of(Reply reply) => ((int)reply.Status, reply.Code);

    /// <summary>Puts something that fails behind the program's own pipeline.</summary>
    private sealed class Failing : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Run(context => context.Request.Path.Value switch
            {
                "/fail/bug" => throw new InvalidOperationException("the secret of somebody"),
                "/fail/storage" => throw new StorageException("the secret of the database"),
                "/fail/large" => throw new BadHttpRequestException("secret", StatusCodes.Status413PayloadTooLarge),
                _ => throw new BadHttpRequestException("secret"),
            });
        };
    }
}
