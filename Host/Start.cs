using Crm.Contracts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Crm.Host;

/// <summary>What the command line says and what the terminal shows.</summary>
internal static class Start
{
    /// <summary>Turns <c>--demo</c> and <c>--data DIR</c> into settings; everything else is a setting by its own name (<c>--Section:Name value</c>).</summary>
    public static string[] Arguments(string[] args) =>
        [.. args.Select((arg, i) => arg switch { "--demo" => "--Demo=true", "--data" when i + 1 < args.Length => "--Storage:Data", _ => arg })];

    /// <summary>Makes the demo's companies and data where they are missing.</summary>
    public static async Task<IReadOnlyList<DemoCompany>> FillDemoAsync(this WebApplication app)
    {
        if (!app.Configuration.GetValue("Demo", false)) return [];
        var ct = app.Lifetime.ApplicationStopping;
        var companies = await app.Services.GetRequiredService<IDemoCompanies>().MakeAsync(ct);
        foreach (var data in app.Services.GetServices<IDemoData>().OrderBy(d => d.Order))
        {
            foreach (var company in companies.Where(c => c.IsNew || data.IsRepeated)) await data.FillAsync(company, ct);
        }
        return companies;
    }

    /// <summary>Says where the server listens and, with the demo, how to try it. Programs that start this one wait for the line "Listening on".</summary>
    public static void Announce(this WebApplication app, IReadOnlyList<DemoCompany> demo) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var urls = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach (var url in urls) Console.WriteLine($"Listening on {url}");
        foreach (var company in demo) Console.WriteLine($"Demo key ({company.Company.Slug}): {company.Key}");
        if (demo.Count == 0) return;
        var (at, slug, key) = ($"{urls.First()}/api/v1/{demo[0].Company.Slug}", demo[0].Company.Slug, demo[0].Key);
        Console.WriteLine($"""
            Demo users: admin@{slug}.example, bo@{slug}.example (seller), eva@{slug}.example (reader), … in each company; password demo-password-1
            Try:
              curl -H 'Authorization: Bearer {key}' '{at}/partners/overview?stage=active&sort=-creditLimit&limit=3'
              curl -H 'Authorization: Bearer {key}' -X PATCH '{at}/partners/1001' -H 'Content-Type: application/json' -d '{"{"}"stage": "lost"{"}"}'
              curl -H 'Authorization: Bearer {key}' '{at}/partners/1001/timeline'
            """);
        if (app.Configuration["Demo:Integrations"] is not null) Console.WriteLine($"  curl -H 'Authorization: Bearer {key}' '{at}/registers/lookup?country=NO&q=nordlys'");
        Console.Out.Flush();
    });
}
