using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    private static readonly Widget Full = new("Hjul åäö \U0001F697 'quoted' \\ \"")
    {
        Code = "A-1", Size = -7, Price = new(99_999_999_999.9999m, "SEK"), Due = new(2026, 3, 7), Done = true, Tags = ["vip", "åre", "vip"],
    };

    [Fact]
    public async Task An_entity_is_read_back_as_it_was_written()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var made = await host.Actors.CreateAsync(Call.System(company), new MakeWidget(Full), Ct);
        var read = await host.ReadAsync(company, 1001, Ct);
        Assert.True(made.Created);
        Assert.Equal((1001, 1, made.Row!.CreatedAt, made.Row.UpdatedAt), (read.Number, read.Version, read.CreatedAt, read.UpdatedAt));
        Assert.Equivalent(Full, read.State, strict: true);
    }

    [Fact]
    public async Task A_change_writes_document_columns_and_terms_together()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, Full, Ct);
        await host.SendAsync(company, number, new ChangeWidget(new Widget("Plain") { Tags = ["åre", "new"] }), Ct);
        await host.SendAsync(company, number, new ChangeWidget(Full with { Code = "A-2" }), Ct);
        await host.SendAsync(company, number, new ChangeWidget(new Widget("Plain")), Ct);
        Assert.Equal((4, "Plain"), ((await host.ReadAsync(company, number, Ct)).Version, (await host.ReadAsync(company, number, Ct)).State.Name));
    }

    [Fact]
    public async Task A_decision_that_changes_nothing_writes_nothing()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("Same"), Ct);
        var before = await databases.Shared.DumpAsync(Ct);
        var reply = await host.SendAsync(company, number, new RenameWidget("Same"), Ct);
        Assert.Equal(1, reply.Row!.Version);
        Assert.Equal(before, await databases.Shared.DumpAsync(Ct));
    }

    [Fact]
    public async Task What_is_not_there_or_not_as_expected_is_refused()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("One"), Ct);
        await host.SendAsync(company, number, new CountUp(), Ct);
        Assert.Equal("widget.notFound", (await host.SendAsync(company, number + 1, new CountUp(), Ct)).Refusal!.Code);
        var stale = (await host.Actors.SendAsync(Call.System(company) with { IfMatch = 1 }, number, new CountUp(), Ct)).Refusal!;
        Assert.Equal((RefusalKind.Stale, 2L), (stale.Kind, stale.CurrentVersion));
        Assert.Null((await host.Actors.SendAsync(Call.System(company) with { IfMatch = 2 }, number, new CountUp(), Ct)).Refusal);
    }

    [Fact]
    public async Task A_stale_row_fails_without_its_neighbours()
    {
        await using var host = NewHost();
        await using var store = databases.Shared.Open();
        var company = databases.NewCompany();
        List<Row<Widget>> rows = [];
        foreach (var name in (string[])["a", "b", "c"]) rows.Add(await host.ReadAsync(company, await host.MakeAsync(company, new(name), Ct), Ct));
        await host.SendAsync(company, rows[1].Number, new RenameWidget("b by another host"), Ct);

        CommitUnit[] batch = [.. rows.Select(row => Unit(company, row.State with { Name = row.State.Name + "!" }, row)), Unit(company, new("new"))];
        await Task.Run(() => Commit.Run(store, batch), Ct);

        Assert.Equal([CommitStatus.Done, CommitStatus.Stale, CommitStatus.Done, CommitStatus.Done], (await Task.WhenAll(batch.Select(u => u.Done.Task))).Select(o => o.Status));
        Assert.Equal(["a!", "b by another host", "c!"], await Task.WhenAll(rows.Select(async row => (await host.ReadAsync(company, row.Number, Ct)).State.Name)));
    }

    [Fact]
    public async Task A_taken_value_is_refused_for_its_own_unit_and_by_its_own_code()
    {
        await using var host = NewHost();
        await using var store = databases.Shared.Open();
        var company = databases.NewCompany();
        await host.MakeAsync(company, new("first") { Code = "X", CodeOld = "Y" }, Ct);
        CommitUnit[] batch = [Unit(company, new("a") { Code = "P" }), Unit(company, new("b") { Code = "X" }), Unit(company, new("c") { CodeOld = "Y" }), Unit(company, new("d") { Code = "P" }), Unit(company, new("e"))];
        await Task.Run(() => Commit.Run(store, batch), Ct);
        Assert.Equal(
            [new(CommitStatus.Done), new(CommitStatus.Taken, "widget.code.taken"), new(CommitStatus.Taken, "widget.codeOld.taken"), new(CommitStatus.Taken, "widget.code.taken"), new(CommitStatus.Done)],
            await Task.WhenAll(batch.Select(u => u.Done.Task)));
    }

    [Fact]
    public async Task A_taken_value_is_a_conflict_and_another_companys_is_not_taken()
    {
        await using var host = NewHost();
        var (one, other) = (databases.NewCompany(), databases.NewCompany());
        await host.MakeAsync(one, new("first") { Code = "X" }, Ct);
        var number = await host.MakeAsync(one, new("second") { Code = "Z" }, Ct);
        var refusal = (await host.SendAsync(one, number, new ChangeWidget(new("second") { Code = "X" }), Ct)).Refusal!;
        Assert.Equal((RefusalKind.Conflict, "widget.code.taken"), (refusal.Kind, refusal.Code));
        Assert.Equal("Z", (await host.ReadAsync(one, number, Ct)).State.Code);
        Assert.Equal(1001, await host.MakeAsync(other, new("first") { Code = "X" }, Ct));
    }

    [Theory]
    [InlineData(Widget.Forbidden)]
    [InlineData("half a pair \ud83d")]
    [InlineData("nul \0")]
    public async Task Data_that_the_database_cannot_take_fails_without_its_neighbours(string name)
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                return (await host.Actors.CreateAsync(Call.System(company), new MakeWidget(new(i == 10 ? name : $"{i}")), Ct)).Refusal is null;
            }
            catch (StatementException)
            {
                return false;
            }
        }));
        // SQLite takes any text; what it takes, it must take whole.
        Assert.All(replies.Where((_, i) => i != 10), Assert.True);
        Assert.Equal(replies.Count(done => done), (await host.Database.QueryAsync(company, "select number from widgets where company = @company", [], row => row.GetInt64(0), Ct)).Count);
        Assert.True(name != Widget.Forbidden || !replies[10]);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_rendered_fails_without_its_neighbours()
    {
        await using var host = NewHost();
        await using var store = databases.Shared.Open();
        var company = databases.NewCompany();
        CommitUnit[] batch = [Unit(company, new("a"), key: Key("a")), Unit(company, new("b"), key: Key("b"), body: () => throw new FormatException("No such view.")), Unit(company, new("c"), key: Key("c"))];
        await Task.Run(() => Commit.Run(store, batch), Ct);
        await Assert.ThrowsAsync<FormatException>(() => batch[1].Done.Task);
        Assert.Equal((CommitStatus.Done, CommitStatus.Done), ((await batch[0].Done.Task).Status, (await batch[2].Done.Task).Status));
    }

    [Fact]
    public async Task A_hundred_concurrent_creates_get_rising_numbers_that_are_never_given_again()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var made = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => host.Actors.CreateAsync(Call.System(company), new MakeWidget(new($"{i}") { Code = i % 10 == 9 ? "taken" : null }), Ct)));
        var numbers = made.Where(r => r.Refusal is null).Select(r => r.Row!.Number).ToArray();
        Assert.Equal(91, numbers.Distinct().Count());

        var entries = (await JournalCheck.EntriesAsync(databases.Shared, Ct)).Where(e => e.Company == company.Id).ToArray();
        Assert.Equal(entries.Select(e => e.Number).Order(), entries.Select(e => e.Number));
        Assert.Equal(numbers.Order(), entries.Select(e => e.Number));
        // A row that is gone does not free its number.
        var last = numbers.Max();
        await host.Database.ExecuteAsync(company, "delete from widgets where company = @company and number = @number", [new("number", last)], Ct);
        Assert.True(await host.MakeAsync(company, new("after"), Ct) > last);
        await host.Database.ExecuteAsync(company, "delete from journal where company = @company", [], Ct);
        await host.Database.ExecuteAsync(company, "delete from heads where company = @company", [], Ct);
        await host.Database.ExecuteAsync(company, "delete from widgets where company = @company", [], Ct);
    }

    [Fact]
    public async Task Settings_have_a_default_until_they_are_set_and_show_at_once()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        Assert.Equal("", (await host.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix);
        Assert.Equal(0, (await host.Actors.ReadAsync<WidgetSettings>(company, IActors.Settings, Ct))!.Version);
        var replies = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => host.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix($"{i}:"), Ct)));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), replies.Select(r => r.Row!.Version).Order());
        var last = replies.MaxBy(r => r.Row!.Version)!.Row!.State;
        Assert.Equal(last, (await host.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>());
        var widget = await host.Actors.CreateAsync(Call.System(company), new MakeWidget(new("w")), Ct);
        Assert.Equal($"{last.Prefix}w", Assert.IsType<WidgetView>(widget.Answer).Name);
    }
}
