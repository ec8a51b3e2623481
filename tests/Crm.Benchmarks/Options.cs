using System.Globalization;

namespace Crm.Benchmarks;

/// <summary>What to measure and for how long. Everything is bounded, so that a run ends by itself.</summary>
/// <param name="Scenario">One of <see cref="Scenarios"/>; <c>sales</c> is <c>cases</c>, <c>orders</c>, <c>case-list</c> and <c>convert</c>, <c>plugins</c> has <c>plugins-http</c> in it, <c>accounting</c> is <c>first-sync</c>, <c>many-syncs</c> and <c>balances</c>, and <c>all</c> is everything.</param>
/// <param name="Postgres">A connection string; null = a cluster is started if PostgreSQL is installed.</param>
/// <param name="Stores">Both databases, or the one named.</param>
/// <param name="Seconds">Of one round of one side.</param>
/// <param name="Rounds">Of every side, in turns.</param>
/// <param name="WarmUp">At most so many seconds of each side, before it is measured.</param>
/// <param name="Partners">How many the commands choose from, and as many cases.</param>
/// <param name="Rows">How many partners the overview has in all its companies.</param>
/// <param name="Cases">How many the case list has in its company.</param>
/// <param name="Customers">How many an accounting system has, with three invoices each.</param>
/// <param name="Companies">How many read their accounting systems at the same time.</param>
internal sealed record Options(string Scenario, string? Postgres, string[] Stores, int Seconds, int Rounds, int WarmUp, int Partners, int Rows, int Cases, int Customers, int Companies)
{
    public const string Usage = "Usage: <commands|overview|memory|import|bulk|sales|cases|orders|case-list|convert|pages|plugins|plugins-http|accounting|first-sync|many-syncs|balances|all> [--store sqlite|postgres] [--postgres <connection string>] [--seconds 10] [--rounds 5] [--warm-up 60] [--partners 20000] [--rows 1000000] [--cases 200000] [--customers 100000] [--companies 1000]";

    private static readonly string[] Scenarios = ["commands", "overview", "memory", "import", "bulk", "sales", "cases", "orders", "case-list", "convert", "pages", "plugins", "plugins-http", "accounting", "first-sync", "many-syncs", "balances", "all"];

    /// <summary>True when a part was asked for, by its name or by one that includes it.</summary>
    public bool Wants(string part) => Scenario == part || Scenario == "all" || (Scenario == "sales" && part is "cases" or "orders" or "case-list" or "convert") || (Scenario == "plugins" && part == "plugins-http") || (Scenario == "accounting" && part is "first-sync" or "many-syncs" or "balances");

    public static Options? Of(string[] args)
    {
        if (args.Length % 2 == 0 || !Scenarios.Contains(args[0])) return null;
        var options = new Options(args[0], null, ["sqlite", "postgres"], 10, 5, 60, 20_000, 1_000_000, 200_000, 100_000, 1_000);
        for (var i = 1; i < args.Length; i += 2)
        {
            var value = args[i + 1];
            int Number() => int.Parse(value, CultureInfo.InvariantCulture);
            switch (args[i])
            {
                case "--store" when value is "sqlite" or "postgres": options = options with { Stores = [value] }; break;
                case "--postgres": options = options with { Postgres = value }; break;
                case "--seconds": options = options with { Seconds = Number() }; break;
                case "--rounds": options = options with { Rounds = Number() }; break;
                case "--warm-up": options = options with { WarmUp = Number() }; break;
                case "--cases": options = options with { Cases = Number() }; break;
                case "--customers": options = options with { Customers = Number() }; break;
                case "--companies": options = options with { Companies = Number() }; break;
                case "--partners": options = options with { Partners = Number() }; break;
                case "--rows": options = options with { Rows = Number() }; break;
                default: return null;
            }
        }
        return options;
    }
}
