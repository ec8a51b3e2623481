namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Followers_name_the_number_that_the_first_gets_in_the_transaction()
    {
        await using TestHost one = NewHost(), other = NewHost();
        var company = databases.NewCompany();
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : other).Actors.CreateAsync(Call.System(company), new MakeFamily(["a", "b", "c"]), Ct)));
        foreach (var first in made.Select(m => m.Row!.Number))
        {
            foreach (var follower in new[] { first + 1, first + 2 }) Assert.Equal((first, 1), ((await one.ReadAsync(company, follower, Ct)).State.Size, (await one.ReadAsync(company, follower, Ct)).Version));
        }
        Assert.Equal(60, (await FactsAsync(one, company)).Count(f => f == "widget.made"));
    }

    [Fact]
    public async Task One_follower_that_cannot_be_stored_leaves_nobody_and_its_neighbours_of_the_batch_keep_their_own()
    {
        await using var host = NewHost();
        var company = databases.NewCompany();
        await host.MakeAsync(company, new("w") { Code = "taken" }, Ct);
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.Actors.CreateAsync(Call.System(company), new MakeFamily(["a", "b"], i % 3 == 0 ? "taken" : null), Ct)));
        Assert.All(made.Where((_, i) => i % 3 == 0), m => Assert.Equal("widget.code.taken", m.Refusal!.Code));
        foreach (var first in made.Where((_, i) => i % 3 != 0).Select(m => m.Row!.Number)) Assert.Equal(first, (await host.ReadAsync(company, first + 1, Ct)).State.Size);
        Assert.Equal(17, (await FactsAsync(host, company)).Count(f => f == "widget.made"));
    }
}

/// <summary>Makes a widget and others whose size is its number.</summary>
internal sealed record MakeFamily(IReadOnlyList<string> Names, string? Code = null) : ICreation<Widget>
{
    public Decision<Widget> Decide(Moment at) => Decision.Accept(new Widget(Names[0]), "widget.made").FollowedBy(number => [.. Names.Skip(1).Select(n => new Widget(n) { Size = number, Code = Code })]);
}
