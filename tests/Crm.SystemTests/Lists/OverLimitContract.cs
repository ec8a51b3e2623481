using Crm.Contracts;
using Crm.Host.Lists;
using Crm.Partners;
using Crm.SystemTests.Storage;
using Microsoft.AspNetCore.Http;

namespace Crm.SystemTests.Lists;

/// <summary>The list's question who is over the credit limit has the answer of the warning, whatever the amounts, currencies, rates and policy.</summary>
public abstract class OverLimitContract(TestDatabases databases)
{
    private static readonly string[] CurrenciesOfAll = ["SEK", "EUR", "USD", "ISK", "KWD", "GBP"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Requirement", "R27")]
    [Trait("Requirement", "R40")]
    public async Task The_filter_finds_exactly_those_whom_the_warning_names(int seed)
    {
        var database = await databases.NewAsync(Ct);
        await using var host = new TestHost(database.Open(), entities: ShippedModules.Entities);
        host.Store.Migrate(ShippedModules.Scripts, TimeProvider.System);
        var (company, random) = (databases.NewCompany(), new Random(seed));
        var call = Call.System(company);
        // The rows are written under one policy and asked about under many: nothing stored may depend on it.
        var profile = new CompanyProfile { BaseCurrency = "SEK", Rates = new Dictionary<string, decimal> { ["EUR"] = 11.2533m, ["USD"] = 9.7m, ["ISK"] = 0.0765m, ["KWD"] = 31.1m } };
        await SetAsync(profile);
        Dictionary<long, Partner> partners = [];
        for (var i = 0; i < 400; i++)
        {
            var partner = Any(random, profile);
            partners.Add((await host.Actors.CreateAsync(call, new Make(partner), Ct)).Row!.Number, partner);
        }
        var lists = new ListReader(host.Store, host.Actors, []);
        var found = 0;
        foreach (var counts in Enum.GetValues<CreditCounts>())
        {
            foreach (var margin in new[] { 0m, 10m, 9.9999m, 33.3333m })
            {
                foreach (var euro in new[] { 11.2533m, 10.98765m })
                {
                    profile = profile with { Credit = new() { Counts = counts, MarginPercent = margin }, Rates = new Dictionary<string, decimal>(profile.Rates) { ["EUR"] = euro } };
                    await SetAsync(profile);
                    var over = partners.Where(p => p.Value.Warnings(profile).Any(w => w.Code == CreditPosition.Exceeded)).Select(p => p.Key).Order().ToArray();
                    Assert.Equal(over, await NumbersAsync("true"));
                    Assert.Equal(partners.Keys.Except(over).Order(), await NumbersAsync("false"));
                    found += over.Length;
                }
            }
        }
        Assert.InRange(found, 1_000, 8_000);

        async Task SetAsync(CompanyProfile to) => Assert.Null((await host.Actors.SendAsync(call, IActors.Settings, new Put(to), Ct)).Refusal);

        async Task<IEnumerable<long>> NumbersAsync(string isOver)
        {
            var (refusal, numbers) = await lists.NumbersAsync(call, PartnerTables.All, new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["overLimit"] = isOver }), 10_000, Ct);
            Assert.Null(refusal);
            return numbers.Order();
        }
    }

    /// <summary>A partner whose limit is, more often than not, what counts or a smallest unit beside it.</summary>
    private static Partner Any(Random random, CompanyProfile company)
    {
        string Currency(string usual) => random.Next(3) == 0 ? CurrenciesOfAll[random.Next(CurrenciesOfAll.Length)] : usual;
        var limit = Currency("SEK");
        Money Amount(int finer) => Of(Currency(limit), random.Next(1, 5_000_000) + (random.Next(100) / 100m), finer);
        var balance = random.Next(4) == 0 ? null : Amount(random.Next(8) == 0 ? 2 : 0);
        Money[] uninvoiced = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Amount(0)).DistinctBy(m => m.Currency)];
        IEnumerable<Money> owed = balance is null ? [] : [balance];
        var sum = company.Sum(random.Next(2) == 0 ? owed : owed.Concat(uninvoiced), limit)?.Amount ?? random.Next(1_000);
        var edge = sum + (random.Next(-1, 2) * (random.Next(2) == 0 ? 0.01m : 0.0001m));
        return new()
        {
            Name = "P", Country = "SE", Uninvoiced = uninvoiced, OrderChanges = uninvoiced.Length, Balance = balance is null ? null : new(balance.Amount, balance.Currency, "test", DateTimeOffset.UnixEpoch),
            CreditLimit = random.Next(10) == 0 ? null : new Money(Math.Max(0, random.Next(4) switch { 0 => decimal.Round(edge / 1.1m, 4), 1 => decimal.Round(edge / 1.099999m, 4), 2 => decimal.Round(edge / 1.333333m, 4), _ => edge }), limit),
        };
    }

    private static Money Of(string currency, decimal amount, int finer)
    {
        var rounded = new Money(amount, currency).Rounded();
        return finer == 0 ? rounded : rounded with { Amount = rounded.Amount + 0.0049m };
    }

    private sealed record Make(Partner Partner) : ICreation<Partner>
    {
        public Decision<Partner> Decide(Moment at) => Decision.Accept(Partner, "partner.created");
    }

    private sealed record Put(CompanyProfile Profile) : ICommand<CompanyProfile>
    {
        public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at) => Decision.Accept(Profile, "company.profileChanged");
    }
}

public sealed class SqliteOverLimitTests(SqliteDatabases databases) : OverLimitContract(databases), IClassFixture<SqliteDatabases>;

public sealed class PostgresOverLimitTests(PostgresDatabases databases) : OverLimitContract(databases), IClassFixture<PostgresDatabases>;
