using System.Text.Json;
using Crm.Cases;
using Crm.Contracts;
using Crm.Tests.Partners;

namespace Crm.Tests.Cases;

/// <summary>A company with cases as decisions see it, without a database.</summary>
internal static class CaseGiven
{
    public static readonly DateTimeOffset Now = Given.Now;

    public static readonly CaseSettings Settings = new CaseSettings() with
    {
        Statuses = [.. new CaseSettings().Statuses, new("asleep", "Asleep") { Probability = 5, Disabled = true }, new("gone", "Gone") { Probability = 5, Removed = true }],
        LostReasons = [.. new CaseSettings().LostReasons, new("old", "Old") { Disabled = true }, new("away", "Away") { Removed = true }],
    };

    public static readonly Moment At = new(Now, new Call(new CompanyRef(1, "acme"), new Caller("user:u1", Role.Admin) { UserId = "u1" }), new FixedSettings(Given.Company, Settings));

    public static readonly Case Open = new() { Title = "Warehouse", Partner = 1001, Status = "new", Probability = 10, Value = new(100_000m, "SEK"), StatusChangedAt = Now.AddDays(-9) };

    public static readonly Case Won = Change(Open, """{"status":"won"}""");

    public static readonly Case Lost = Change(Open, """{"status":"lost","lostReason":{"key":"price"}}""");

    public static readonly Case Converted = Won with { ConvertedAt = Now };

    public static CaseFields Fields(string json) => Given.Read<CaseFields>(json);

    /// <summary>The case after a change that must be accepted.</summary>
    public static Case Change(Case before, string json) => Accepted(new ChangeCase(Fields(json)).Decide(before, At));

    public static Case Accepted(Decision<Case> decision)
    {
        Assert.Null(decision.Refusal);
        return decision.State!;
    }

    public static (JsonElement Before, JsonElement After) Entry(Case? before, Case after) => Given.Entry(before, after);
}

/// <summary>What the Orders module will do to a case when it becomes an order.</summary>
internal sealed record Convert : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) => Decision.Accept(state with { ConvertedAt = at.Now }, "case.converted");
}
