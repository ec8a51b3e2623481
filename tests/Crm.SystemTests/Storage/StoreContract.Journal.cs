namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Journals_of_companies_that_write_at_once_are_gap_free_and_lead_to_the_rows()
    {
        await using var host = NewHost(new() { Writers = Writers });
        CompanyRef[] companies = [databases.NewCompany(), databases.NewCompany(), databases.NewCompany()];
        await Task.WhenAll(companies.SelectMany(company => Enumerable.Range(0, 8).Select(async client =>
        {
            var random = new Random((company.Id * 100) + client);
            List<long> mine = [];
            for (var i = 0; i < 25; i++)
            {
                if (mine.Count == 0 || random.Next(4) == 0) mine.Add(await host.MakeAsync(company, Arbitrary(random), Ct));
                else Assert.Null((await host.SendAsync(company, mine[random.Next(mine.Count)], random.Next(3) == 0 ? new CountUp() : new ChangeWidget(Arbitrary(random)), Ct)).Refusal);
            }
        })));
        var entries = (await JournalCheck.EntriesAsync(databases.Shared, Ct)).ToLookup(e => e.Company);
        Assert.All(companies, company => Assert.Equal(Enumerable.Range(1, 200).Select(seq => (long)seq), entries[company.Id].Select(e => e.Seq)));
    }

    [Theory]
    [InlineData("update journal set change = replace(change, 'three', 'four') where company = @company and seq = 3", "the hash of 3 does not hold")]
    [InlineData("update journal set caller = 'user:u9' where company = @company and seq = 3", "the hash of 3 does not hold")]
    [InlineData("update journal set operation = 0 where company = @company and seq = 3", "the hash of 3 does not hold")]
    [InlineData("delete from journal where company = @company and seq = 3", "4 comes after 2")]
    [InlineData("delete from journal where company = @company and seq = 5", "the head is at 5, the journal at 4")]
    public async Task A_journal_that_was_tampered_with_shows_it(string tampering, string fault)
    {
        var database = await databases.NewAsync(Ct);
        await using var host = new TestHost(database.Open());
        await using (var store = database.Open()) store.Migrate(WidgetSchema.Scripts, TimeProvider.System);
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("one"), Ct);
        foreach (var name in (string[])["two", "three", "four", "five"]) await host.SendAsync(company, number, new RenameWidget(name), Ct);
        Assert.Empty(await JournalCheck.FaultsAsync(database, [Widget.Entity], Ct));

        Assert.Equal(1, await host.Database.ExecuteAsync(company, tampering, [], Ct));
        Assert.Contains(await JournalCheck.FaultsAsync(database, [Widget.Entity], Ct), f => f.Contains(fault, StringComparison.Ordinal));
    }

    private static Widget Arbitrary(Random random) => new($"name {random.Next(1000)} åß漢")
    {
        Size = random.Next(2) == 0 ? null : random.NextInt64(), Price = random.Next(2) == 0 ? null : new(random.Next(1_000_000) / 10_000m, "EUR"), Due = random.Next(2) == 0 ? null : new DateOnly(2026, 1, 1).AddDays(random.Next(400)),
        Done = random.Next(2) == 0, Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"tag {random.Next(5)}")],
    };
}
