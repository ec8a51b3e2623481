using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>How a company works with its accounting systems.</summary>
internal sealed record AccountingSettings
{
    public const int MostHours = 24 * 365;

    public static Entity<AccountingSettings> Entity { get; } = new("accountingSettings", "accounting_settings")
    {
        DefaultOf = _ => new(),
        View = (row, _) => AccountingSettingsView.Of(row),
    };

    /// <summary>A balance that is older is called stale.</summary>
    public int StaleAfterHours { get; init; } = BalanceAges.UsualHours;
}

/// <summary>Changes the settings that are named.</summary>
internal sealed record ChangeAccountingSettings : IJointCommand<AccountingSettings>
{
    /// <summary>A balance that was last known to be so longer ago is called stale: 1 to 8,760 hours; null = 24.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> StaleAfterHours { get; init; }

    public IReadOnlyList<Peer> PeersOf(AccountingSettings state) => [Peer.Of<BalanceAges>(IActors.Settings)];

    public Decision<AccountingSettings> Decide(AccountingSettings state, Peers peers, Moment at)
    {
        var hours = StaleAfterHours.Or(state.StaleAfterHours) ?? BalanceAges.UsualHours;
        if (hours is < 1 or > AccountingSettings.MostHours) return Refusal.Invalid([new("/staleAfterHours", "accounting.staleAfterHours", $"1 to {AccountingSettings.MostHours} hours.")]);
        var after = state with { StaleAfterHours = hours };
        if (after == state) return Decision.Nothing(state);
        // Every balance is shown with it, so it stands with their ages too.
        peers.Change(peers.Find<BalanceAges>()! with { StaleAfterHours = hours }, "balanceAges.staleAfterSet");
        return Decision.Accept(after, "accountingSettings.changed");
    }
}

/// <summary>How a company works with its accounting systems.</summary>
/// <param name="StaleAfterHours">A balance that was last known to be so longer ago is called stale.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record AccountingSettingsView(int StaleAfterHours, long Version)
{
    public static AccountingSettingsView Of(Row<AccountingSettings> row) => new(row.State.StaleAfterHours, row.Version);
}
