using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>What was answered when an idempotency key was first used.</summary>
internal sealed class FirstAnswers(IDatabase database, TimeProvider clock)
{
    /// <summary>The stored answer, a refusal when the key belongs to another request, or nothing.</summary>
    public async Task<(StoredAnswer? Answer, Refusal? Refusal)> FindAsync(Call call, CancellationToken ct)
    {
        var key = call.Idempotency!;
        var rows = await database.QueryAsync(call.Company,
            "select fingerprint, created, number, version, body from idempotency where company = @company and caller = @caller and key = @key and at > @since",
            [new("caller", call.Caller.Name), new("key", key.Key), new("since", Micros.Of(clock.GetUtcNow() - Idempotency.Kept))],
            row => (Fingerprint: row.GetFieldValue<byte[]>(0), Answer: new StoredAnswer(row.GetInt64(1) == 1, row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4))), ct);
        if (rows.Count == 0) return default;
        return rows[0].Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? (rows[0].Answer, null)
            : (null, Refusal.Invalid("idempotency.mismatch", "This Idempotency-Key was used for another request."));
    }

    /// <summary>Forgets the keys of one company that are older than they need to be kept.</summary>
    public Task<int> ForgetOldAsync(CompanyRef company, CancellationToken ct) =>
        database.ExecuteAsync(company, "delete from idempotency where company = @company and at <= @since", [new("since", Micros.Of(clock.GetUtcNow() - Idempotency.Kept))], ct);
}
