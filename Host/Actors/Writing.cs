using System.Text;
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
        var document = JsonSerializer.SerializeToUtf8Bytes(state, entity.StateType, Json.State);
        var values = entity.Values(state, at.Settings);
        var isNew = before is null or { Version: 0 };
        // Made anew each time instead of kept: what is kept is moved about by the collector again and again, at a higher price.
        var oldDocument = isNew ? [] : JsonSerializer.SerializeToUtf8Bytes(before!.State, entity.StateType, Json.State);
        var oldValues = isNew ? [] : entity.Values(before!.State, at.Settings);
        Span<int> changed = stackalloc int[values.Length];
        var changes = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (isNew || !Equals(values[i], oldValues[i])) changed[changes++] = i;
        }
        IReadOnlyList<Term> old = isNew ? [] : entity.Terms(before!.State), now = entity.Terms(state);
        var sameTerms = now.SequenceEqual(old);
        return new()
        {
            Entity = entity, Company = at.Call.Company.Id, Number = number, ExpectedVersion = before?.Version ?? 0, Document = Encoding.UTF8.GetString(document),
            Changed = changed[..changes].ToArray(), Values = values, TermsAdded = sameTerms ? [] : [.. now.Except(old)], TermsRemoved = sameTerms ? [] : [.. old.Except(now)],
            Totals = TotalChange.Between(at.Call.Company.Id, entity, isNew ? null : before!.State, state),
            Fact = fact, Change = DocumentChange.Of(oldDocument, document),
        };
    }
}
