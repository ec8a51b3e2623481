using System.Globalization;

namespace Crm.Benchmarks;

/// <summary>What to measure and for how long. Everything is bounded, so that a run ends by itself.</summary>
/// <param name="Scenario"><c>commands</c>, <c>overview</c>, <c>memory</c>, <c>import</c>, <c>bulk</c> or <c>all</c>.</param>
/// <param name="Postgres">A connection string; null = a cluster is started if PostgreSQL is installed.</param>
/// <param name="Stores">Both databases, or the one named.</param>
/// <param name="Seconds">Of one round of one side.</param>
/// <param name="Rounds">Of every side, in turns.</param>
/// <param name="Partners">How many the commands choose from.</param>
/// <param name="Rows">How many partners the overview has in all its companies.</param>
internal sealed record Options(string Scenario, string? Postgres, string[] Stores, int Seconds, int Rounds, int Partners, int Rows)
{
    public const string Usage = "Usage: <commands|overview|memory|import|bulk|all> [--store sqlite|postgres] [--postgres <connection string>] [--seconds 10] [--rounds 5] [--partners 20000] [--rows 1000000]";

    public static Options? Of(string[] args)
    {
        if (args.Length % 2 == 0 || args[0] is not ("commands" or "overview" or "memory" or "import" or "bulk" or "all")) return null;
        var options = new Options(args[0], null, ["sqlite", "postgres"], 10, 5, 20_000, 1_000_000);
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
                case "--partners": options = options with { Partners = Number() }; break;
                case "--rows": options = options with { Rows = Number() }; break;
                default: return null;
            }
        }
        return options;
    }
}
