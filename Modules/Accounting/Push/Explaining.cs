using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>Answers why a partner is, or is not, a customer in an accounting system, and what can be done about it.</summary>
internal sealed class Explaining(IActors actors, IDatabase database, IPlugins plugins, IPartnerAccounting partners)
{
    /// <summary>One answer for each accounting system that is switched on; null = there is no such partner.</summary>
    public async Task<IReadOnlyList<Explanation>?> OfAsync(CompanyRef company, long number, CancellationToken ct)
    {
        if ((await partners.ReadAsync(company, [number], ct)).SingleOrDefault() is not { IsDeleted: false } partner) return null;
        var rules = (await actors.SettingsAsync(company, ct)).Get<PushSettings>();
        var customers = (await database.FindAsync<LedgerCustomer>(company, "accounting_customers", "partner", [number], ct)).Values;
        var numbers = await database.QueryAsync(company, "select number from accounting_pushes where company = @company and partner = @partner", [new("partner", number)], row => row.GetInt64(0), ct);
        List<Explanation> all = [];
        foreach (var plugin in await plugins.InUseAsync(company, "accounting", ct))
        {
            Row<Push>? push = null;
            foreach (var entry in numbers) push = await actors.ReadAsync<Push>(company, entry, ct) is { } row && row.State.Plugin == plugin.Id ? row : push;
            var state = await database.QueryAsync(company, "select doc from accounting_connections where company = @company and plugin = @plugin", [new("plugin", plugin.Id)], row => System.Text.Json.JsonSerializer.Deserialize<Connection>(row.GetString(0), Json.State)!.State, ct);
            all.Add(Of(plugin.Id, partner, rules, customers.FirstOrDefault(c => c.State.Plugin == plugin.Id).State, push, state.Count == 0 ? ConnectionState.Active : state[0]));
        }
        return all;
    }

    private static Explanation Of(string plugin, PartnerAccount partner, PushSettings rules, LedgerCustomer? customer, Row<Push>? push, ConnectionState connection)
    {
        var (rule, tags) = (rules.RuleFor(plugin, partner.Tags), rules.Rules.Where(r => r.Plugin == plugin).Select(r => r.Tag).ToArray());
        var number = customer is null ? partner.External.GetValueOrDefault(plugin) : customer.There.Number ?? customer.There.Id;
        var (because, next, text) = (push?.State.Word(), number is not null) switch
        {
            ("waiting" or "unknown", _) when connection is ConnectionState.ReconnectNeeded or ConnectionState.OtherAccount => ("connection", "reconnect", "It waits: the connection has to be made anew."),
            ("waiting" or "unknown", _) when connection is ConnectionState.Paused => ("connection", "resume", "It waits: the connection is paused."),
            ("unknown", _) => ("unknown", "wait", "It was sent and no answer came. The system is asked whether it arrived before anything is sent again."),
            ("waiting", _) => ("waiting", "wait", push!.State.Detail is { } why ? $"It waits for another try: {why}" : "It waits for its turn."),
            ("sending", _) => ("sending", "wait", "It is being sent."),
            ("refused", _) => ("refused", "correct", $"The system refused it: {push!.State.Detail} It is sent again when the partner changes."),
            ("review", _) => ("review", "decide", push!.State.Detail ?? "Somebody has to say which customer it is."),
            (_, true) => ("linked", "nothing", $"It is customer {number} there."),
            ("done", false) => ("removed", "ask", "It was there, and the link was taken away."),
            ("withdrawn", false) when rule is null => ("withdrawn", tags.Length == 0 ? "addRule" : "tag", "It was taken back before it was sent: no rule names it."),
            _ when tags.Length == 0 => ("noRule", "addRule", "No rule sends partners to this system."),
            _ when rule is null => ("notTagged", "tag", $"It has none of the tags that send partners there: {string.Join(", ", tags)}."),
            _ => ("waiting", "wait", "A rule names it; it is sent within seconds."),
        };
        return new(plugin, number is not null, number, because, rule?.Tag ?? push?.State.Rule, tags, next, text, push is null ? null : PushView.Of(push), [.. (customer?.Memory.Conflicts ?? []).Select(ConflictView.Of)]);
    }
}
