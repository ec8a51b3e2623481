namespace Crm.Benchmarks;

/// <summary>Servers with the same partners on both sides.</summary>
internal static class SalesSides
{
    public const string ConventionalKey = $"crm_1_{SeedData.ConventionalSecret}";

    /// <summary>Ours, with one company; the last value is the number of its first partner.</summary>
    public static async Task<(OurServer Server, CompanyRef Company, string Key, long FirstPartner)> OursAsync(Databases databases, string part, string store, int partners)
    {
        var postgres = store == "sqlite" ? null : await databases.PostgresAsync($"{part}_ours");
        var ours = await OurServer.StartAsync(databases.Folder($"{part}-ours-{store}"), postgres);
        var (company, key) = await ours.MakeCompanyAsync(SeedData.Slug);
        return (ours, company, key, await ours.SeedAsync(company, partners));
    }

    /// <summary>The conventional program, whose numbers begin with 1.</summary>
    public static async Task<ServerProcess> ConventionalAsync(Databases databases, string part, string store, int partners, int cases)
    {
        var database = store == "sqlite" ? Path.Combine(databases.Folder($"{part}-conventional"), "sales.db") : await databases.PostgresAsync($"{part}_conventional");
        return await ServerProcess.StartAsync("Crm.Benchmarks.dll", url => ["serve-conventional", url, database, $"{partners}", $"{cases}"], TimeSpan.FromMinutes(4));
    }
}
