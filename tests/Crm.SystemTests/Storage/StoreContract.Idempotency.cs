using System.Text.Json;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_key_used_five_times_at_once_has_one_effect_and_five_equal_answers()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        for (var round = 0; round < 20; round++)
        {
            var call = Call.System(company) with { Idempotency = Key($"create {round}") };
            var created = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.Actors.CreateAsync(call, new MakeWidget(new($"{round}")), Ct))));
            Assert.Single(created.Select(Shown).Distinct());
            Assert.All(created, r => Assert.Null(r.Refusal));
            Assert.Equal(1, created.Count(r => r.Replayed is null));
            var number = created.First(r => r.Row is not null).Row!.Number;
            Assert.All(created.Where(r => r.Replayed is not null), r => Assert.Equal((true, number, 1L), (r.Replayed!.Created, r.Replayed.Number, r.Replayed.Version)));

            call = call with { Idempotency = Key($"count {round}") };
            var counted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.Actors.SendAsync(call, number, new CountUp(), Ct))));
            Assert.Single(counted.Select(Shown).Distinct());
            var row = await host.ReadAsync(company, number, Ct);
            Assert.Equal((2, 1), (row.Version, row.State.Count));
        }
        Assert.Equal(20, (await JournalCheck.EntriesAsync(databases.Shared, Ct)).Count(e => e.Company == company.Id && e.Version == 1));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request_of_one_caller_in_one_company()
    {
        await using var host = NewHost();
        var (company, other) = (databases.NewCompany(), databases.NewCompany());
        var call = Call.System(company) with { Idempotency = Key("k", "this") };
        Assert.True((await host.Actors.CreateAsync(call, new MakeWidget(new("w")), Ct)).Created);
        var mismatch = await host.Actors.CreateAsync(call with { Idempotency = Key("k", "that") }, new MakeWidget(new("x")), Ct);
        Assert.Equal((RefusalKind.Invalid, "idempotency.mismatch"), (mismatch.Refusal!.Kind, mismatch.Refusal.Code));
        Assert.True((await host.Actors.CreateAsync(call with { Company = other }, new MakeWidget(new("w")), Ct)).Created);
        Assert.True((await host.Actors.CreateAsync(call with { Caller = new("key:7", Role.Admin) }, new MakeWidget(new("w")), Ct)).Created);
    }

    [Fact]
    public async Task Two_requests_with_one_key_at_once_are_one_effect_and_one_mismatch()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        for (var round = 0; round < 20; round++)
        {
            var replies = await Task.WhenAll(((string[])["this", "that"]).Select(request => Task.Run(() =>
                host.Actors.CreateAsync(Call.System(company) with { Idempotency = Key($"{round}", request) }, new MakeWidget(new(request)), Ct))));
            Assert.Equal([null, "idempotency.mismatch"], replies.Select(r => r.Refusal?.Code).Order());
        }
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        await host.MakeAsync(company, new("holder") { Code = "T" }, Ct);
        var call = Call.System(company) with { Idempotency = Key("again") };
        Assert.Equal("widget.code.taken", (await host.Actors.CreateAsync(call, new MakeWidget(new("w") { Code = "T" }), Ct)).Refusal!.Code);
        Assert.True((await host.Actors.CreateAsync(call, new MakeWidget(new("w") { Code = "U" }), Ct)).Created);
    }

    [Fact]
    public async Task When_the_first_use_of_a_key_fails_the_next_in_line_takes_effect()
    {
        await using var host = NewHost();
        await using var store = databases.Shared.Open();
        var company = databases.NewCompany();
        var row = await host.ReadAsync(company, await host.MakeAsync(company, new("w"), Ct), Ct);
        await host.SendAsync(company, row.Number, new CountUp(), Ct);
        // One transaction: a stale change with the key, then two creations with the same key.
        CommitUnit[] batch = [Unit(company, row.State with { Name = "stale" }, row, Key("k")), Unit(company, new("first"), key: Key("k")), Unit(company, new("second"), key: Key("k"))];
        await Task.Run(() => Commit.Run(store, batch), Ct);
        Assert.Equal([CommitStatus.Stale, CommitStatus.Done, CommitStatus.Replay], (await Task.WhenAll(batch.Select(u => u.Done.Task))).Select(o => o.Status));
    }

    [Fact]
    public async Task After_48_hours_a_key_is_forgotten()
    {
        var clock = new MovableClock();
        await using var host = NewHost(clock: clock);
        var company = databases.NewCompany();
        var call = Call.System(company) with { Idempotency = Key("k") };
        Assert.True((await host.Actors.CreateAsync(call, new MakeWidget(new("w")), Ct)).Created);
        clock.Forward(TimeSpan.FromHours(47));
        Assert.NotNull((await host.Actors.CreateAsync(call, new MakeWidget(new("w")), Ct)).Replayed);
        clock.Forward(TimeSpan.FromHours(1.1));
        Assert.True((await host.Actors.CreateAsync(call, new MakeWidget(new("w")), Ct)).Created);
        Assert.NotNull((await host.Actors.CreateAsync(call, new MakeWidget(new("w")), Ct)).Replayed);
        Assert.Equal(0, await new Crm.Host.Actors.FirstAnswers(host.Database, clock).ForgetOldAsync(company, Ct));
        clock.Forward(TimeSpan.FromHours(49));
        Assert.Equal(1, await new Crm.Host.Actors.FirstAnswers(host.Database, clock).ForgetOldAsync(company, Ct));
    }

    [Fact]
    public async Task A_dry_run_answers_as_the_real_one_and_leaves_every_table_as_it_was()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w") { Code = "C" }, Ct);
        var before = await databases.Shared.DumpAsync(Ct);

        var call = Call.System(company) with { DryRun = true, Idempotency = Key("dry") };
        var created = await host.Actors.CreateAsync(call, new MakeWidget(new("new")), Ct);
        var changed = await host.Actors.SendAsync(call, number, new CountUp(), Ct);
        var set = await host.Actors.SendAsync(call, IActors.Settings, new SetPrefix(">"), Ct);
        Assert.Equal((number + 1, 1L, 2L, 1L), (created.Row!.Number, created.Row.Version, changed.Row!.Version, set.Row!.Version));
        Assert.Equal(before, await databases.Shared.DumpAsync(Ct));
        Assert.Equal(1, (await host.ReadAsync(company, number, Ct)).Version);

        var real = call with { DryRun = false };
        Assert.Equal(JsonSerializer.Serialize(created.Answer, Json.Wire), Shown(await host.Actors.CreateAsync(real, new MakeWidget(new("new")), Ct)));
        Assert.Equal(JsonSerializer.Serialize(changed.Answer, Json.Wire), Shown(await host.Actors.SendAsync(real with { Idempotency = Key("real") }, number, new CountUp(), Ct)));
    }
}
