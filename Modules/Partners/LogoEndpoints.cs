using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Partners;

/// <summary><c>/partners/{n}/logo</c> (R17). The picture is kept by its content, so that a stored one is never changed.</summary>
internal static class LogoEndpoints
{
    private const int MostBytes = 512 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/partners/{number:long}/logo").WithTags("partners");
        group.MapPut("/", PutAsync).Needs("partners:write").Accepts<IFormFile>("image/png", "image/jpeg", "image/webp", "image/svg+xml")
            .Documented("setLogo", "Upload a logo", "The body is the picture itself: PNG, JPEG, WebP or SVG without scripts, up to 512 KB.");
        group.MapGet("/", GetAsync).Needs("partners:read").Produces<byte[]>(200, "image/png", "image/jpeg", "image/webp", "image/svg+xml")
            .Documented("getLogo", "Download the logo", "The stored picture.");
        group.MapDelete("/", DeleteAsync).Needs("partners:write").Documented("removeLogo", "Remove the logo", "The partner is shown without a logo.");
    }

    private static async Task<Answer<PartnerView>> PutAsync(long number, Call call, HttpRequest request, IActors actors, IDatabase database, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes) return TooLarge;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        var bytes = buffer.ToArray();
        if (bytes.Length > MostBytes) return TooLarge;
        if (Picture.TypeOf(bytes) is not { } type) return Refusal.Invalid([new("", "logo.notAPicture", "A logo is a PNG, JPEG or WebP picture, or an SVG without scripts, links and foreign content.")]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (await actors.ReadAsync<Partner>(call.Company, number, ct) is null) return Refusal.NotFound("partner");
        if (!call.DryRun)
        {
            await database.ExecuteAsync(call.Company, "insert into files (company, name, piece, bytes) values (@company, @name, 0, @bytes) on conflict do nothing", [new("name", Name(hash)), new("bytes", bytes)], ct);
        }
        return (await actors.SendAsync(call, number, new SetLogo(new(type, hash, bytes.Length)), ct)).ToAnswer<PartnerView, Partner>(call, "partners");
    }

    private static async Task<IResult> GetAsync(long number, Call call, HttpContext context, IActors actors, IDatabase database, CancellationToken ct)
    {
        if (await actors.ReadAsync<Partner>(call.Company, number, ct) is not { State: { IsDeleted: false, Logo: { } logo } }) return (Answer<PartnerView>)Refusal.NotFound("logo");
        var bytes = await database.QueryAsync(call.Company, "select bytes from files where company = @company and name = @name", [new("name", Name(logo.Hash))], row => row.GetFieldValue<byte[]>(0), ct);
        // A picture is shown by an <img>; should someone open it by itself, nothing in it may run.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return Results.Bytes(bytes[0], logo.ContentType, entityTag: new($"\"{logo.Hash}\""));
    }

    private static async Task<Answer<PartnerView>> DeleteAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, new SetLogo(null), ct)).ToAnswer<PartnerView, Partner>(call, "partners");

    private static string Name(string hash) => $"logo/{hash}";

    private static Refusal TooLarge { get; } = new((RefusalKind)StatusCodes.Status413PayloadTooLarge, "request.tooLarge", "A logo has up to 512 KB.");
}
