using System.Text;
using System.Text.Json;
using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>
/// What a database has to hold, whichever it is: every test here runs on SQLite and on PostgreSQL. Each test has companies of its own in the
/// class's database, and leaves behind a database in which <see cref="JournalCheck"/> finds nothing.
/// </summary>
public abstract partial class StoreContract(TestDatabases databases) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How many threads may write at once.</summary>
    private protected virtual int Writers => 1;

    public ValueTask InitializeAsync() => default;

    /// <summary>After every test: whatever it did, the journals hold and lead to the rows.</summary>
    public async ValueTask DisposeAsync()
    {
        Assert.Empty(await JournalCheck.FaultsAsync(databases.Shared, [Widget.Entity, WidgetSettings.Entity, Box.Entity], CancellationToken.None));
        GC.SuppressFinalize(this);
    }

    private protected TestHost NewHost(ActorOptions? options = null, TimeProvider? clock = null, TimeSpan? settingsAge = null) => new(databases.Shared.Open(), options, clock, settingsAge);

    /// <summary>A commit as the runtime would make it: from what the row was (null = new) to what it is to be.</summary>
    private static CommitUnit Unit(CompanyRef company, Widget after, Row<Widget>? before = null, Idempotency? key = null, Func<byte[]>? body = null)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(after, Json.State);
        byte[] old = before is null ? [] : JsonSerializer.SerializeToUtf8Bytes(before.State, Json.State);
        return new()
        {
            Call = Call.System(company) with { Idempotency = key }, At = Micros.Cut(TimeProvider.System.GetUtcNow()), Body = body ?? (() => "{}"u8.ToArray()),
            Writes =
            [
                new()
                {
                    Entity = Widget.Entity, Company = company.Id, Number = before?.Number ?? 0, ExpectedVersion = before?.Version ?? 0, Document = Encoding.UTF8.GetString(document),
                    Changed = [.. Enumerable.Range(0, Widget.Entity.Columns.Count)], Values = Widget.Entity.Values(after, NoSettings.Instance), Fact = "widget.tested", Change = DocumentChange.Of(old, document),
                },
            ],
        };
    }

    private static Idempotency Key(string key, string request = "a request") => new(key, System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(request)));

    /// <summary>The answer as its caller sees it, whether given now or replayed.</summary>
    private static string Shown(Reply<Widget> reply) =>
        reply.Replayed is { } first ? Encoding.UTF8.GetString(first.Body.Span) : JsonSerializer.Serialize(reply.Answer, Json.Wire);
}

/// <summary>For columns that do not ask for settings.</summary>
internal sealed class NoSettings : ISettings
{
    public static NoSettings Instance { get; } = new();

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public TSettings Get<TSettings>() where TSettings : class => throw new InvalidOperationException("A widget's columns need no settings.");
}
