namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_joint_creation_and_what_it_changes_are_one_commit()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var widget = await host.MakeAsync(company, new("w"), Ct);
        var made = await host.Actors.CreateAsync(Call.System(company), new MakeBox(widget, 5), Ct);
        Assert.Equal((1, 1), (made.Row!.Number, made.Row.Version));
        Assert.Equal((1, 2), ((await host.ReadAsync(company, widget, Ct)).State.Count, (await host.ReadAsync(company, widget, Ct)).Version));
        Assert.Equal(["widget.made", "box.made", "widget.boxed"], await FactsAsync(host, company));
    }

    [Fact]
    public async Task A_refused_joint_decision_changes_nothing_of_anybody()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var widget = await host.MakeAsync(company, new("w"), Ct);
        Assert.Equal("box.weight.negative", (await host.Actors.CreateAsync(Call.System(company), new MakeBox(widget, -1), Ct)).Refusal!.Code);
        Assert.Equal("box.widget.unknown", (await host.Actors.CreateAsync(Call.System(company), new MakeBox(widget + 1, 1), Ct)).Refusal!.Code);
        var box = (await host.Actors.CreateAsync(Call.System(company), new MakeBox(widget, 1), Ct)).Row!.Number;
        Assert.False((await host.Actors.SendAsync(Call.System(company), box, new WeighBox(1), Ct)).Changed);
        var dry = await host.Actors.SendAsync(Call.System(company) with { DryRun = true }, box, new WeighBox(9), Ct);
        Assert.Equal((9, 2), (dry.Row!.State.Weight, dry.Row.Version));
        Assert.Equal("version.stale", (await host.Actors.SendAsync(Call.System(company) with { IfMatch = 7 }, box, new WeighBox(2), Ct)).Refusal!.Code);
        Assert.Equal("box.notFound", (await host.Actors.SendAsync(Call.System(company), box + 1, new WeighBox(2), Ct)).Refusal!.Code);
        Assert.Equal(1, (await host.ReadAsync(company, widget, Ct)).State.Count);
        Assert.Equal(["widget.made", "box.made", "widget.boxed"], await FactsAsync(host, company));
    }

    [Fact]
    public async Task What_is_sent_along_is_committed_where_the_last_one_stays_as_it_is()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        long[] widgets = [await host.MakeAsync(company, new("a"), Ct), await host.MakeAsync(company, new("b"), Ct)];
        var box = (await host.Actors.CreateAsync(Call.System(company), new MakeBox(widgets[0], 5), Ct)).Row!;
        var reply = await host.Actors.SendAsync(Call.System(company), [.. widgets.Select(w => Send.To(w, new CountUp()))], box.Number, _ => new LeaveBox(), Ct);
        Assert.Equal((true, box.Number, box.Version, 5), (reply.Changed, reply.Row!.Number, reply.Row.Version, reply.Row.State.Weight));
        var (first, second) = ((await host.ReadAsync(company, widgets[0], Ct)).State.Count, (await host.ReadAsync(company, widgets[1], Ct)).State.Count);
        Assert.Equal((2, 1), (first, second));
        Assert.False((await host.Actors.SendAsync(Call.System(company), [], box.Number, _ => new LeaveBox(), Ct)).Changed);
    }

    [Fact]
    public async Task What_a_caller_does_not_see_is_not_there_for_any_kind_of_command()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var widget = await host.MakeAsync(company, new(Widget.Hidden), Ct);
        var box = (await host.Actors.CreateAsync(Call.System(company), new MakeBox(widget, Box.Hidden), Ct)).Row!.Number;
        // The version would tell that there is something.
        var call = new Call(company, new("user:u1", Role.Admin)) { IfMatch = 99 };
        Assert.Equal("widget.notFound", (await host.Actors.SendAsync(call, widget, new CountUp(), Ct)).Refusal!.Code);
        Assert.Equal("box.notFound", (await host.Actors.SendAsync(call, box, new WeighBox(1), Ct)).Refusal!.Code);
        var tried = Assert.Single(await host.Actors.TryAsync(call, [Send.To(widget, new CountUp())], Ct));
        Assert.Equal(("widget.notFound", null), (tried.Refusal!.Code, tried.Before));
        Assert.True((await host.Actors.SendAsync(Call.System(company), box, new WeighBox(1), Ct)).Changed);
    }

    [Fact]
    public async Task A_joint_decision_with_a_key_takes_effect_once()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        var widget = await host.MakeAsync(company, new("w"), Ct);
        var call = Call.System(company) with { Idempotency = Key("k") };
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Actors.CreateAsync(call, new MakeBox(widget, 5), Ct)));
        Assert.Single(replies, r => r.Replayed is null);
        Assert.Equal(1, (await host.ReadAsync(company, widget, Ct)).State.Count);
    }

    [Fact]
    public async Task Joint_decisions_on_two_hosts_lose_no_update_and_keep_the_sums()
    {
        await using TestHost one = NewHost(), other = NewHost();
        var company = databases.NewCompany();
        long[] widgets = [await one.MakeAsync(company, new("a"), Ct), await one.MakeAsync(company, new("b"), Ct)];
        var counted = new int[2];
        await Task.WhenAll(((TestHost[])[one, other]).SelectMany(host => Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            for (var i = 0; i < 20; i++)
            {
                var w = random.Next(2);
                var made = await host.Actors.CreateAsync(Call.System(company), new MakeBox(widgets[w], random.Next(100)), Ct);
                if (made.Refusal is null) Interlocked.Increment(ref counted[w]);
                else Assert.Equal("joint.contended", made.Refusal.Code);
                if (made.Row is null || i % 3 != 0) continue;
                var weighed = await host.Actors.SendAsync(Call.System(company), made.Row.Number, new WeighBox(1_000), Ct);
                if (weighed.Refusal is null) Interlocked.Increment(ref counted[w]);
            }
        }, Ct))));
        for (var w = 0; w < 2; w++) Assert.Equal(counted[w], (await one.ReadAsync(company, widgets[w], Ct)).State.Count);
        Assert.True(counted.Sum() > 100, "Most of them get through.");
    }

    [Fact]
    public async Task Many_commands_and_the_last_one_are_one_commit_and_a_refused_one_leaves_the_others_alone()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        long[] widgets = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => host.MakeAsync(company, new($"{i}"), Ct)));
        var tally = await host.MakeAsync(company, new("tally"), Ct);
        Send[] sends = [.. widgets.Select(w => Send.To(w, new RenameWidget("new"))), Send.To(9_999, new RenameWidget("new")), Send.To(widgets[0], new CountUp())];
        IReadOnlyList<Sent>? seen = null;
        var reply = await host.Actors.SendAsync(Call.System(company) with { Operation = 3 }, sends[..6], tally, outcomes =>
        {
            seen = outcomes;
            return new RenameWidget($"{outcomes.Count(o => o.Changed)} done");
        }, Ct);
        Assert.Equal("5 done", reply.Row!.State.Name);
        Assert.Equal("widget.notFound", seen!.Single(s => s.Refusal is not null).Refusal!.Code);
        foreach (var w in widgets) Assert.Equal(("new", 2), ((await host.ReadAsync(company, w, Ct)).State.Name, (await host.ReadAsync(company, w, Ct)).Version));
        // Said again, it is so already; and what the last command refuses is not done.
        Assert.All(await host.Actors.TryAsync(Call.System(company), sends[..5], Ct), s => Assert.False(s.Changed));
        var refused = await host.Actors.SendAsync(Call.System(company), [Send.To(widgets[0], new CountUp())], tally, _ => new RefuseWidget(), Ct);
        Assert.Equal("widget.refused", refused.Refusal!.Code);
        Assert.Equal(0, (await host.ReadAsync(company, widgets[0], Ct)).State.Count);
        Assert.Equal("widget.notFound", (await host.Actors.SendAsync(Call.System(company), sends[..1], 9_999, _ => new RefuseWidget(), Ct)).Refusal!.Code);
    }

    [Fact]
    public async Task Commands_that_hold_the_same_entities_in_any_order_never_wait_for_each_other_for_good()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        long[] widgets = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => host.MakeAsync(company, new($"{i}"), Ct)));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            for (var i = 0; i < 15; i++)
            {
                var mixed = widgets.OrderBy(_ => random.Next()).ToArray();
                var sends = mixed[1..4].Select(w => Send.To(w, new CountUp())).ToArray();
                Assert.Null((await host.Actors.SendAsync(Call.System(company), sends, mixed[0], _ => new CountUp(), Ct)).Refusal);
                Assert.Null((await host.Actors.CreateAsync(Call.System(company), new MakeBox(mixed[5], i), Ct)).Refusal);
                Assert.Null((await host.SendAsync(company, mixed[2], new CountUp(), Ct)).Refusal);
            }
        }, Ct)));
        var rows = await Task.WhenAll(widgets.Select(w => host.ReadAsync(company, w, Ct)));
        Assert.Equal(12 * 15 * 6, rows.Sum(r => r.State.Count));
    }

    private static async Task<IEnumerable<string>> FactsAsync(TestHost host, CompanyRef company) =>
        await host.Database.QueryAsync(company, "select fact from journal where company = @company order by seq", [], row => row.GetString(0), Ct);
}
