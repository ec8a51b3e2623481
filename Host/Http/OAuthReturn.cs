using System.Text.RegularExpressions;

namespace Crm.Host.Http;

/// <summary>
/// <c>/oauth/callback</c>: the one address that outside systems send users back to after a consent. What they bring along begins with the company's slug; it leads on to that
/// company's own address below <c>/api/v1</c>, where session, right and state are judged. It leads nowhere else.
/// </summary>
internal static partial class OAuthReturn
{
    public static void MapOAuthReturn(this WebApplication app) => app.MapGet("/oauth/callback", LeadOn).WithTags("session").ExcludeFromDescription()
        .Documented("leadOnFromConsent", "Back from a consent", "For browsers: where outside systems send users back to; leads on to the company that the consent is for.");

    private static IResult LeadOn(HttpRequest request) =>
        Results.Redirect(Slug().Match($"{request.Query["state"]}") is { Success: true } state ? $"/api/v1/{state.Groups[1].Value}/integrations/callback{request.QueryString}" : "/");

    [GeneratedRegex(@"^([a-z][a-z0-9-]{1,38})\.", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
