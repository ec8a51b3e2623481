using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Crm.Host.Http;

/// <summary>Serves the pages that Host/Web.targets built: files by their name, and index.html for every other address that a browser navigates to.</summary>
internal static class WebPages
{
    /// <summary>
    /// Scripts, fonts and requests of this host only, and no script inside the page. Styles inside elements are how Mantine places things;
    /// they cannot run anything.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] NotPages = ["/api", "/openapi", "/health", "/metrics"];

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".svg"] = "image/svg+xml", [".json"] = "application/json",
        [".woff2"] = "font/woff2", [".png"] = "image/png", [".webp"] = "image/webp", [".ico"] = "image/x-icon", [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>Only what no route is for; nothing where the program was built without pages.</summary>
    public static void UsePages(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        if (!files.GetFileInfo("index.html").Exists) return;
        app.Use((context, next) => context.GetEndpoint() is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && Send(context, files) is { } sent ? sent : next(context));
    }

    /// <summary>Null = there is no page at this address.</summary>
    private static Task? Send(HttpContext context, IFileProvider files)
    {
        var path = context.Request.Path;
        var name = path.Value!.TrimStart('/');
        if (Array.Exists(NotPages, area => path.StartsWithSegments(area, StringComparison.OrdinalIgnoreCase))) return null;
        var headers = context.Response.Headers;
        if (name != "index.html" && Types.TryGetValue(Path.GetExtension(name), out var type) && files.GetFileInfo(name) is { Exists: true, IsDirectory: false })
        {
            // Vite puts a hash of the content into the names of these.
            headers.CacheControl = name.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
            return SendFileAsync(context, files, name, type);
        }
        // A program that asks for an address by mistake wants an error, not a page.
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) || name.StartsWith("assets/", StringComparison.Ordinal)) return null;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return SendFileAsync(context, files, "index.html", Types[".html"]);
    }

    private static Task SendFileAsync(HttpContext context, IFileProvider files, string name, string type)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = type;
        response.Headers.Vary = "Accept-Encoding";
        var file = files.GetFileInfo(name);
        foreach (var (encoding, extension) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (!Accepts(request, encoding) || files.GetFileInfo(name + extension) is not { Exists: true } small) continue;
            (file, response.Headers.ContentEncoding) = (small, encoding);
            break;
        }
        var tag = $"\"{file.LastModified.ToUnixTimeSeconds():x}-{file.Length:x}\"";
        response.Headers.ETag = tag;
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            (response.StatusCode, response.ContentType) = (StatusCodes.Status304NotModified, null);
            return Task.CompletedTask;
        }
        response.ContentLength = file.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.SendFileAsync(file, context.RequestAborted);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted) && accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
}
