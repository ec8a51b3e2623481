using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>The owner of a customer in e-conomic: its sales person, whom the list of employees names.</summary>
public sealed class EconomicOwnerTests : IAsyncLifetime
{
    private readonly Economic _economic;
    private readonly AccountingBench _bench;

    public EconomicOwnerTests() => (_economic, _bench) = EconomicTests.Bench();

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_owner_is_the_sales_person_whom_the_employees_name()
    {
        await _bench.CustomersAsync();
        await _bench.CustomerAsync("1001");
        // Nobody has one: nobody asks who they are.
        Assert.DoesNotContain(_bench.StandIn.Requests, IsAboutEmployees);
        _economic.Books.Change(1005, c => c with { Owner = "Mette Holm" });
        AccountingPerson mette = new() { Id = "1", Name = "Mette Holm", Email = "mette@dania.example" };
        Assert.Equal([("1005", mette)], (await _bench.CustomersAsync()).Where(c => c.Owner != new AccountingPerson()).Select(c => (c.Id, c.Owner!)));
        Assert.Single(_bench.StandIn.Requests, IsAboutEmployees);
        Assert.Equal(mette, (await _bench.CustomerAsync("1005"))!.Owner);
        // A role that may not read them reads customers all the same.
        _economic.HidesEmployees = true;
        Assert.Equal(new() { Id = "1" }, (await _bench.CustomerAsync("1005"))!.Owner);

        static bool IsAboutEmployees(string request) => request.StartsWith("GET /employees", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("someone", "METTE@dania.example", 1, null)]
    [InlineData("mette holm", null, 1, null)]
    [InlineData("Jens Friis", "friis@dania.example", 3, null)]
    [InlineData("Jens Friis", null, 2, "no employee")]
    [InlineData("Ida Krog", "ida@dania.example", 2, "no employee")]
    [InlineData("Nils Ny", "nils@dania.example", 2, "no employee")]
    [InlineData(null, null, null, null)]
    public async Task An_owner_is_written_as_the_employee_with_the_address_or_alone_with_the_name_and_else_left_out(string? name, string? email, int? number, string? leftOut)
    {
        _economic.Books.Change(1001, c => c with { Owner = "Jens Friis" });
        var changed = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "1001", Phone = "33 33 33 33", Owner = new() { Name = name, Email = email } }, ct));
        Assert.Equal(("33 33 33 33", number), (changed.Phone, (int?)_economic.Stored(1001)["salesPerson"]?["employeeNumber"]));
        Assert.Equal(leftOut is not null, changed.LeftOut?.Contains(leftOut ?? "", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task A_new_customer_has_the_owner_or_the_answer_says_why_not()
    {
        Assert.Equal(("Mette Holm", null), await CreateAsync());
        _economic.HidesEmployees = true;
        Assert.Equal((null, "The app's role in e-conomic may not read employees, so the sales person is as before."), await CreateAsync());

        async Task<(string?, string?)> CreateAsync()
        {
            var made = await _bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "Nordvik Test ApS", Currency = "DKK", Owner = new() { Name = "Mette Holm" } }, ct));
            return (made.Owner!.Name, made.LeftOut);
        }
    }
}
