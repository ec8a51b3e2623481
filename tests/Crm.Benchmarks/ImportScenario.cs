using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Crm.Benchmarks;

/// <summary>The import of a CSV file over HTTP, from the upload until the operation is done.</summary>
internal static class ImportScenario
{
    private const int Rows = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(Databases databases, string store)
    {
        var postgres = store == "sqlite" ? null : await databases.PostgresAsync("import");
        await using var ours = await OurServer.StartAsync(databases.Folder($"import-{store}"), postgres);
        var (company, key) = await ours.MakeCompanyAsync(SeedData.Slug);
        using var client = new HttpClient { BaseAddress = new Uri(ours.Process.Url), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(Csv()));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync(new Uri($"/api/v1/{company.Slug}/imports", UriKind.Relative), file);
        if (answer.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        var state = "";
        var view = "";
        while (state is not ("done" or "failed") && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(200);
            view = await client.GetStringAsync(answer.Headers.Location);
            using var operation = JsonDocument.Parse(view);
            state = operation.RootElement.GetProperty("state").GetString()!;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nimport, {store}: {Rows} rows, {state} after {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s; {view}"));
    }

    private static string Csv()
    {
        var csv = new StringBuilder("name;country;organisationNumber;email;phone;website;stage;creditLimit;currency;tags;employees;visiting street;visiting postal code;visiting city\r\n");
        for (var number = 1; number <= Rows; number++)
        {
            var p = SeedData.Partner(number);
            csv.Append(CultureInfo.InvariantCulture, $"{p.Name};SE;{p.OrganisationNumber};{p.Email};+46 8 123 456 00;https://www.{p.Domain};{p.Stage};{p.CreditLimit};SEK;{p.Tag};{number % 500};Storgatan 1;111 22;{p.City}\r\n");
        }
        return csv.ToString();
    }
}
