using System.Net.Http.Json;
using Crm.Partners;
using Crm.Plugins.Packages;
using Crm.StandIns;

namespace Crm.Benchmarks;

/// <summary>Our program with plugins of accounting systems.</summary>
internal static class AccountingServer
{
    public static readonly string[] Settings = ["--Plugins:AllowUnsigned=true", "--Plugins:AllowPrivateAddresses=true"];

    /// <summary>Settings of a company that Fortnox knows as a service account: nobody has to consent.</summary>
    public static object FortnoxAt(Uri address) => new { clientId = OAuthServer.ClientId, clientSecret = OAuthServer.ClientSecret, tenantId = OAuthServer.Tenant, address = $"{address}3", signInAddress = $"{address}oauth-v1" };

    /// <summary>The partner that is a customer of the books, by its organisation number.</summary>
    /// <param name="number">From 1.</param>
    public static Partner PartnerOf(Books books, int number)
    {
        var customer = books.Find(1_000 + number)!;
        return PartnerSeed.Of(SeedData.Partner(number), number) with { Name = customer.Name, OrganisationNumber = customer.OrganisationNumber, VatNumber = customer.VatNumber, Balance = null };
    }

    public static async Task ServeAsync(this OurServer server, PluginPackage package)
    {
        using var zip = new ByteArrayContent(package.Zip) { Headers = { ContentType = new("application/zip") } };
        using var taken = await server.Operator.PostAsync(new Uri("/api/v1/operator/plugins", UriKind.Relative), zip);
        taken.EnsureSuccessStatusCode();
        using var serving = await server.Operator.PostAsJsonAsync(new Uri($"/api/v1/operator/plugins/{package.Manifest.Id}/activate", UriKind.Relative), new { version = package.Manifest.Version });
        serving.EnsureSuccessStatusCode();
    }

    public static async Task SwitchOnAsync(HttpClient admin, string slug, string plugin, object settings)
    {
        using var answer = await admin.PatchAsJsonAsync(new Uri($"/api/v1/{slug}/integrations/{plugin}", UriKind.Relative), new { enabled = true, settings });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
