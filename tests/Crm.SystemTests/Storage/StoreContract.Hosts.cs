using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_schema_of_a_newer_program_is_refused_and_left_alone()
    {
        var database = await databases.NewAsync(Ct);
        await using var newer = database.Open();
        newer.Migrate([.. WidgetSchema.Scripts, new("widgets", 2, "002-more.sql", "create table more (company bigint not null primary key)")], TimeProvider.System);
        var before = await database.DumpAsync(Ct);
        await using var older = database.Open();
        var refused = Assert.Throws<StorageException>(() => older.Migrate(WidgetSchema.Scripts, TimeProvider.System));
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await database.DumpAsync(Ct));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_the_schema_as_it_was()
    {
        var database = await databases.NewAsync(Ct);
        await using var store = database.Open();
        store.Migrate(WidgetSchema.Scripts, TimeProvider.System);
        var before = await database.DumpAsync(Ct);
        SchemaScript[] broken = [.. WidgetSchema.Scripts, new("widgets", 2, "002-more.sql", "create table more (company bigint not null primary key); insert into nowhere values (1)")];
        Assert.Throws<StorageException>(() => store.Migrate(broken, TimeProvider.System));
        Assert.Equal(before, await database.DumpAsync(Ct));
        store.Migrate(WidgetSchema.Scripts, TimeProvider.System);
        Assert.Equal(before, await database.DumpAsync(Ct));
    }

    [Fact]
    public async Task Hosts_that_start_at_once_bring_the_schema_up_to_date_once()
    {
        var database = await databases.NewAsync(Ct);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () =>
        {
            await using var store = database.Open();
            store.Migrate(WidgetSchema.Scripts, TimeProvider.System);
        })));
        Assert.Equal(WidgetSchema.Scripts.Count, (await database.SelectAsync("select name from schema_scripts", row => row.GetString(0), Ct)).Count);
        await using var host = new TestHost(database.Open());
        Assert.Equal(1001, await host.MakeAsync(databases.NewCompany(), new("w"), Ct));
    }

    [Fact]
    public async Task Two_hosts_that_write_the_same_entities_lose_no_update()
    {
        await using TestHost one = NewHost(), other = NewHost();
        CompanyRef[] companies = [databases.NewCompany(), databases.NewCompany()];
        foreach (var company in companies) await Task.WhenAll(Enumerable.Range(0, 3).Select(i => one.MakeAsync(company, new($"{i}"), Ct)));
        var counted = new int[companies.Length, 3];
        await Task.WhenAll(((TestHost[])[one, other]).SelectMany(host => Enumerable.Range(0, 6).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            for (var i = 0; i < 25; i++)
            {
                var (c, w) = (random.Next(companies.Length), random.Next(3));
                if (i % 5 == 4) await host.MakeAsync(companies[c], new("another"), Ct);
                var reply = await host.SendAsync(companies[c], 1001 + w, new CountUp(), Ct);
                if (reply.Refusal is null) Interlocked.Increment(ref counted[c, w]);
                else Assert.Equal("widget.contended", reply.Refusal.Code);
            }
        }, Ct))));
        for (var c = 0; c < companies.Length; c++)
        {
            for (var w = 0; w < 3; w++)
            {
                foreach (var host in (TestHost[])[one, other])
                {
                    var row = await host.ReadAsync(companies[c], 1001 + w, Ct);
                    Assert.Equal((counted[c, w], counted[c, w] + 1), (row.State.Count, row.Version));
                }
            }
        }
        var rows = await Task.WhenAll(companies.Select(company => one.Database.QueryAsync(company, "select number from widgets where company = @company", [], row => row.GetInt64(0), Ct)));
        Assert.Equal(6 + (12 * 5), rows.Sum(r => r.Count));
        Assert.True(counted.Cast<int>().Sum() > 250, "Almost all of 300 updates get through.");
    }

    [Fact]
    public async Task One_key_used_on_two_hosts_at_once_has_one_effect()
    {
        await using TestHost one = NewHost(), other = NewHost();
        var company = databases.NewCompany();
        var number = await one.MakeAsync(company, new("w"), Ct);
        for (var round = 1; round <= 15; round++)
        {
            var create = Call.System(company) with { Idempotency = Key($"create {round}") };
            var made = await Task.WhenAll(((TestHost[])[one, other, one, other]).Select(host => Task.Run(() => host.Actors.CreateAsync(create, new MakeWidget(new($"{round}")), Ct))));
            Assert.Single(made.Select(Shown).Distinct());
            var count = Call.System(company) with { Idempotency = Key($"count {round}") };
            var counted = await Task.WhenAll(((TestHost[])[one, other, one, other]).Select(host => Task.Run(() => host.Actors.SendAsync(count, number, new CountUp(), Ct))));
            Assert.Single(counted.Select(Shown).Distinct());
            Assert.Equal(round, (await one.ReadAsync(company, number, Ct)).State.Count);
        }
        Assert.Equal(16, (await one.Database.QueryAsync(company, "select number from widgets where company = @company", [], row => row.GetInt64(0), Ct)).Count);
    }

    [Fact]
    public async Task Settings_changed_on_another_host_show_within_their_age()
    {
        await using var one = NewHost();
        var clock = new MovableClock();
        await using var other = NewHost(clock: clock, settingsAge: TimeSpan.FromSeconds(2));
        var company = databases.NewCompany();
        Assert.Equal("", (await other.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix);
        await one.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix(">"), Ct);
        clock.Forward(TimeSpan.FromSeconds(2));
        Assert.Equal(">", (await other.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix);
        // The other host's memory of the entity is a version behind: the guard sees it, and the command is decided anew.
        var second = await other.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix(">>"), Ct);
        Assert.Equal(2, second.Row!.Version);
        Assert.Equal(3, (await one.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix(">>>"), Ct)).Row!.Version);
    }
}
