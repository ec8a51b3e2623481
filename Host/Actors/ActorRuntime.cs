using System.Text.Json;
using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>Limits of the actor runtime; the section <c>Actors</c> of appsettings.json.</summary>
internal sealed class ActorOptions
{
    /// <summary>Entities in memory at most; an active partner takes up to 4 KB.</summary>
    public int MaxActive { get; set; } = 50_000;

    /// <summary>Seconds without a command after which an entity leaves memory.</summary>
    public int IdleSeconds { get; set; } = 60;

    /// <summary>Commands that may wait for one entity; one more is told to come back (503).</summary>
    public int MaxWaitingPerEntity { get; set; } = 2_000;

    /// <summary>Decided commands that may wait for the database; one more is told to come back (503).</summary>
    public int MaxWaitingCommits { get; set; } = 10_000;

    /// <summary>Seconds that a command waits for the database before its caller is told to come back (503).</summary>
    public int CommitSeconds { get; set; } = 10;

    /// <summary>Seconds that settings of a company may lag behind a change made on another host.</summary>
    public int SettingsAgeSeconds { get; set; } = 2;

    /// <summary>Threads that write; more than one only with PostgreSQL.</summary>
    public int Writers { get; set; } = 1;
}

/// <summary>
/// Runs commands: enter the mailbox, load, decide, commit, and only then change memory and answer. A commit that fails leaves memory empty, so the
/// next command reads what is really there. The version guard in the database is the fence; memory is only a copy.
/// </summary>
internal sealed partial class ActorRuntime(
    Catalog catalog, IStore store, GroupCommit commits, Directory directory, SettingsCache settings, FirstAnswers firstAnswers, TimeProvider clock, ActorOptions options) : IActors
{
    /// <summary>Times that a command is decided anew because another host wrote first.</summary>
    private const int Tries = 5;

    private readonly Deadlines _deadlines = new(clock, TimeSpan.FromSeconds(options.CommitSeconds));

    private static readonly Refusal Overloaded = new(RefusalKind.Unavailable, "server.overloaded", "More is waiting than can be taken in; nothing was done. Try again in a moment.");

    public ValueTask<ISettings> SettingsAsync(CompanyRef company, CancellationToken ct) => settings.GetAsync(company, ct);

    public async Task<Row<TState>?> ReadAsync<TState>(CompanyRef company, long number, CancellationToken ct) where TState : class
    {
        var entity = catalog.Of<TState>();
        var row = await store.LoadAsync(entity, company.Id, number, ct);
        if (row is not null) return new(number, row.Version, row.CreatedAt, row.UpdatedAt, JsonSerializer.Deserialize<TState>(row.Document, Json.State)!);
        return entity.IsSettings && number == IActors.Settings ? new(number, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, entity.DefaultOf!(company)) : null;
    }

    public async Task<Reply<TState>> CreateAsync<TState>(Call call, ICreation<TState> command, CancellationToken ct) where TState : class
    {
        var entity = catalog.Of<TState>();
        try
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (await FirstAnswerAsync<TState>(call, ct) is { } known) return known;
                var at = new Moment(Micros.Cut(clock.GetUtcNow()), call, await settings.GetAsync(call.Company, ct));
                var decision = command.Decide(at);
                if (decision.Refusal is { } refusal) return refusal;
                if (call.DryRun) return Shown(entity, new(await PeekAsync(entity, call.Company, ct), 1, at.Now, at.Now, decision.State!), decision, at, created: true);
                var write = Writing.Of(entity, at, 0, null, decision.State!, decision.Fact!);
                if (await CommitAsync(entity, call, at, [write], decision, at.Now, created: true, ct) is { } reply) return reply;
            }
            return Contended(entity);
        }
        catch (StorageException)
        {
            return Away;
        }
    }

    public async Task<Reply<TState>> SendAsync<TState>(Call call, long number, ICommand<TState> command, CancellationToken ct) where TState : class
    {
        var entity = catalog.Of<TState>();
        var key = new ActorKey(call.Company.Id, entity.Kind, number);
        for (var attempt = 0; attempt < Tries;)
        {
            var activation = directory.Get(key);
            switch (await activation.EnterAsync(options.MaxWaitingPerEntity, ct))
            {
                case Entry.Full: return Overloaded;
                case Entry.Closed: continue;
            }
            try
            {
                if (await FirstAnswerAsync<TState>(call, ct) is { } known) return known;
                if (await HandleAsync(entity, activation, call, number, command, ct) is { } reply) return reply;
                attempt++;
            }
            catch (StorageException)
            {
                activation.Committed = null;
                return Away;
            }
            finally
            {
                activation.Exit();
            }
        }
        return Contended(entity);
    }

    private static Refusal? Stale(Call call, Committed before) => call.IfMatch is { } expected && expected != 0 && expected != before.Version
        ? new Refusal(RefusalKind.Stale, "version.stale", "It was changed meanwhile. Read it again and decide anew.") { CurrentVersion = before.Version } : null;

    private static Refusal Contended(IEntity entity) => Refusal.Conflict($"{entity.Kind}.contended", "Others keep changing this at the same time. Read it again and decide anew.");

    private static Refusal Away { get; } = new(RefusalKind.Unavailable, "storage.unavailable", "The database does not answer. If the request was a write, repeat it with the same Idempotency-Key: it takes effect once.");

    /// <summary>One try inside the mailbox; null = another host was first.</summary>
    private async Task<Reply<TState>?> HandleAsync<TState>(Entity<TState> entity, Activation activation, Call call, long number, ICommand<TState> command, CancellationToken ct) where TState : class
    {
        var current = await settings.GetAsync(call.Company, ct);
        var mayBeOld = store.IsShared && activation.Committed is not null;
        var before = activation.Committed ??= await LoadAsync(entity, call.Company, number, ct);
        var at = new Moment(Micros.Cut(clock.GetUtcNow()), call, current);
        // Before the version is looked at: whether it is the right one would tell that there is something.
        if (!IsThere(entity, before, at)) return Unwritten(Refusal.NotFound(entity.Kind));
        if (Stale(call, before) is { } stale) return Unwritten(stale);

        var decision = command.Decide((TState)before.State, at);
        if (decision.Refusal is { } refusal) return Unwritten(refusal);
        if (decision.Fact is null) return Unwritten(Shown(entity, new(number, before.Version, before.CreatedAt, before.UpdatedAt, decision.State!), decision, at, created: false));
        var write = Writing.Of(entity, at, number, before, decision.State!, decision.Fact!);
        var row = new Row<TState>(number, before.Version + 1, before.Version == 0 ? at.Now : before.CreatedAt, at.Now, decision.State!);
        if (call.DryRun) return Unwritten(Shown(entity, row, decision, at, created: false));

        // From here on the caller's patience no longer counts: the commit is carried through, and memory follows it.
        activation.Committed = null;
        var reply = await CommitAsync(entity, call, at, [write], decision, row.CreatedAt, created: false, CancellationToken.None);
        if (reply is null) activation.WasOvertaken = true;
        if (reply is { Refusal: null, Replayed: null }) activation.Committed = new(row.Version, row.CreatedAt, row.UpdatedAt, row.State);
        if (entity.IsSettings) settings.Forget(call.Company.Id);
        return reply;

        // An answer without a commit was not guarded: another host may have written since this was read, so it is given once more of what is there now.
        Reply<TState>? Unwritten(Reply<TState> answer)
        {
            if (!mayBeOld) return answer;
            activation.Committed = null;
            return null;
        }
    }

    private async Task<Committed?> LoadAsync(IEntity entity, CompanyRef company, long number, CancellationToken ct) =>
        Writing.Read(entity, company, number, await store.LoadAsync(entity, company.Id, number, ct));

    /// <summary>Commits what belongs together; the first of the writes is the one that is answered for. Null = another host was first.</summary>
    private async Task<Reply<TState>?> CommitAsync<TState>(
        Entity<TState> entity, Call call, Moment at, EntityWrite[] writes, Decision<TState> decision, DateTimeOffset createdAt, bool created, CancellationToken ct, Row<TState>? kept = null) where TState : class
    {
        Row<TState> Row() => kept ?? new(writes[0].Number, writes[0].ExpectedVersion + 1, createdAt, at.Now, decision.State!);
        object Answer() => decision.Answer ?? (decision.View ?? entity.View)(Row(), at.Settings);
        var unit = new CommitUnit
        {
            Call = call, At = at.Now, Writes = writes,
            Following = decision.Followers is { } followers ? number => [.. followers(number).Select(state => Writing.Of(entity, at, 0, null, state, decision.Fact!))] : null,
            // Settings that become durable after their caller was sent away must show too.
            Ended = writes.Any(w => w.Entity.IsSettings) ? () => settings.Forget(call.Company.Id) : null,
            Body = call.Idempotency is null ? null : () => !call.Idempotency.KeepAnswer ? [] : JsonSerializer.SerializeToUtf8Bytes(Answer(), Json.Wire),
        };
        if (commits.TryEnqueue(unit) is not { } committing) return Overloaded;
        _deadlines.Add(unit);
        var outcome = await committing;
        return outcome.Status switch
        {
            CommitStatus.Done => new Reply<TState> { Row = Row(), Answer = Answer(), Created = created, Changed = true },
            CommitStatus.Stale => null,
            CommitStatus.Taken => Refusal.Conflict(outcome.Detail!, "This value is taken already."),
            CommitStatus.Withdrawn => new Refusal(RefusalKind.Unavailable, "storage.slow", "The database is too slow at the moment; nothing was done. Try again."),
            CommitStatus.Unanswered => Away,
            // Nothing is stored when the other request with this key failed after all: decide again.
            _ => await FirstAnswerAsync<TState>(call, ct),
        };
    }

    private async Task<Reply<TState>?> FirstAnswerAsync<TState>(Call call, CancellationToken ct) where TState : class
    {
        if (call.Idempotency is null) return null;
        var (answer, refusal) = await firstAnswers.FindAsync(call, ct);
        return refusal is not null ? (Reply<TState>)refusal : answer is null ? null : new Reply<TState> { Replayed = answer };
    }

    private static Reply<TState> Shown<TState>(Entity<TState> entity, Row<TState> row, Decision<TState> decision, Moment at, bool created) where TState : class =>
        new() { Row = row, Answer = decision.Answer ?? (decision.View ?? entity.View)(row, at.Settings), Created = created, Changed = decision.Fact is not null };

    /// <summary>The number that would come next, for a dry run.</summary>
    private async Task<long> PeekAsync<TState>(Entity<TState> entity, CompanyRef company, CancellationToken ct) where TState : class
    {
        var next = await store.QueryAsync(company, "select next from sequences where company = @company and kind = @kind", [new("kind", entity.Kind)], row => row.GetInt64(0), ct);
        return next.Count == 0 ? entity.FirstNumber : next[0];
    }
}
