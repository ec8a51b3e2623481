using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Registers;

/// <summary>What a register last said of a partner. Nothing of it is ever written into the partner by the program.</summary>
internal sealed record RegisterAnswer
{
    public static readonly Entity<RegisterAnswer> Entity = new("registerAnswer", "register_answers")
    {
        Columns = [new("partner", ColumnType.Number, a => a.Partner)],
        Unique = new Dictionary<string, string> { ["partner"] = "registerAnswer.there" },
        View = (row, _) => row.State,
    };

    public required long Partner { get; init; }

    /// <summary>The register that said it: one for each partner, so that two that differ do not take turns.</summary>
    public required string Plugin { get; init; }

    /// <summary>What was asked for. The answer is no answer any more when the partner has another country or number.</summary>
    public required string Country { get; init; }
    public required string OrganisationNumber { get; init; }

    /// <summary>Null = the register does not know the number.</summary>
    public RegisterCompany? Company { get; init; }

    /// <summary>When it first said exactly this. When it last did so is beside the document: nights in which nothing changes leave no trace in the journal.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>By field: what the register said when somebody left ours as it is. No difference until it says something else.</summary>
    public IReadOnlyDictionary<string, string> Left { get; init; } = new Dictionary<string, string>();

    public bool IsOf(PartnerFacts partner) => partner.Number == Partner && partner.Country == Country && partner.OrganisationNumber == OrganisationNumber;
}

/// <summary>Keeps what a register says now.</summary>
/// <param name="Partner">Of whom.</param>
/// <param name="Plugin">The register.</param>
/// <param name="Company">Null = it does not know the number.</param>
/// <param name="At">When it said so.</param>
/// <param name="IsFilled">True = the partner was made from it a moment ago, so what differs was typed over on purpose.</param>
internal sealed record KeepAnswer(PartnerFacts Partner, string Plugin, RegisterCompany? Company, DateTimeOffset At, bool IsFilled = false) : ICommand<RegisterAnswer>, ICreation<RegisterAnswer>
{
    private RegisterAnswer First => new() { Partner = Partner.Number, Plugin = Plugin, Country = Partner.Country, OrganisationNumber = Partner.OrganisationNumber!, Company = Company, At = At };

    public Decision<RegisterAnswer> Decide(Moment at) => Decision.Accept(Decided(First), "registerAnswer.told");

    public Decision<RegisterAnswer> Decide(RegisterAnswer state, Moment at)
    {
        var isSame = state.IsOf(Partner) && state.Plugin == Plugin && state.Company == Company;
        // What somebody has decided of this company holds on for whatever the register says as before.
        var after = Decided(isSame ? state : First with { Left = state.IsOf(Partner) ? StillSaid(state.Left) : First.Left });
        return isSame && ReferenceEquals(after, state) ? Decision.Nothing(state) : Decision.Accept(after, "registerAnswer.told");
    }

    private RegisterAnswer Decided(RegisterAnswer answer)
    {
        var typed = IsFilled ? Differences.Between(answer, Partner) : [];
        return typed.Count == 0 ? answer : answer with { Left = Differences.With(answer, typed.Select(d => d.Field)) };
    }

    private Dictionary<string, string> StillSaid(IReadOnlyDictionary<string, string> left)
    {
        var told = Differences.Told(First);
        return left.Where(l => !told.TryGetValue(l.Key, out var now) || now == l.Value).ToDictionary();
    }
}

/// <summary>Leaves ours as it is, whatever the register says now.</summary>
/// <param name="Fields">Of which fields, as the differences name them.</param>
internal sealed record LeaveOurs(IReadOnlyList<string> Fields) : ICommand<RegisterAnswer>
{
    public Decision<RegisterAnswer> Decide(RegisterAnswer state, Moment at)
    {
        Problem[] unknown = [.. Fields.Select((field, i) => (field, i)).Where(f => !Differences.Known.Contains(f.field)).Select(f => new Problem($"/fields/{f.i}", "registerAnswer.field", $"Use one of: {string.Join(", ", Differences.Known)}."))];
        if (unknown.Length > 0) return Refusal.Invalid(unknown);
        if (Fields.Count == 0) return Refusal.Invalid([new("/fields", "registerAnswer.fields.required", "Name the fields that stay as they are.")]);
        var left = Differences.With(state, Fields);
        return left.Count == state.Left.Count && left.All(l => state.Left.GetValueOrDefault(l.Key) == l.Value) ? Decision.Nothing(state) : Decision.Accept(state with { Left = left }, "registerAnswer.left");
    }
}
