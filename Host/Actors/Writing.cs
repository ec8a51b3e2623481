using System.Text.Json;
using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>Between states in memory and rows in the database.</summary>
internal static class Writing
{
    /// <summary>A row as an activation keeps it; settings that were never changed have a default, anything else without a row does not exist.</summary>
    public static Committed? Read(IEntity entity, CompanyRef company, long number, StoredRow? row) =>
        row is not null ? new(row.Version, row.CreatedAt, row.UpdatedAt, JsonSerializer.Deserialize(row.Document, entity.StateType, Json.State)!)
        : entity.IsSettings && number == IActors.Settings ? new(0, default, default, entity.Default(company))
        : null;

    /// <summary>What has to be written for a new state.</summary>
    public static EntityWrite Of(IEntity entity, Moment at, long number, Committed? before, object state, string fact)
    {
        var old = before is null or { Version: 0 } ? null : before.State;
        var (changed, values) = entity.Changes(old, state, at.Settings);
        var sameTerms = old is not null && entity.HasSameTerms(old, state);
        IReadOnlyList<Term> oldTerms = old is null || sameTerms ? [] : entity.Terms(old), terms = sameTerms ? [] : entity.Terms(state);
        return new()
        {
            Entity = entity, Company = at.Call.Company.Id, Number = number, ExpectedVersion = before?.Version ?? 0, Document = JsonSerializer.Serialize(state, entity.StateType, Json.State),
            Changed = changed, Values = values, TermsAdded = [.. terms.Except(oldTerms)], TermsRemoved = [.. oldTerms.Except(terms)],
            Totals = TotalChange.Between(at.Call.Company.Id, entity, old, state),
            Fact = fact, Change = DocumentChange.Of(entity.StateType, old, state),
        };
    }
}
