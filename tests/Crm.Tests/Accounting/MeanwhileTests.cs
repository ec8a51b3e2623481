using System.Net;
using System.Text.Json;
using Crm.Accounting;
using Crm.Tests.Plugins;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>Somebody says whose a customer is in the moment in which what was read of it is stored, and the other way round: partners owe what is right at once.</summary>
public sealed class MeanwhileTests : LedgerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, Trait("Requirement", "R28"), InlineData(false, false), InlineData(true, false), InlineData(true, true)]
    public async Task A_link_while_a_page_of_balances_is_stored_brings_what_the_page_says(bool wasLinked, bool whole)
    {
        var (before, after) = (await PartnerAsync("Nordlys AB", null), await PartnerAsync("Svea AB", null));
        Ledger.Customers.Add(Customer("1", "Nordlys"));
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        if (wasLinked) await LinkAsync(before);
        // What has not changed is told partners too, when all is read.
        if (!whole) Ledger.Balances[0] = Owes("1", 250);
        await MeanwhileAsync<Connection>(whole ? 2 : 1, () => RunAsync(whole), () => LinkAsync(after));
        Assert.Equal(whole ? 600 : 250, await OwesAsync(after));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(before)).GetProperty("balance").ValueKind);
        Assert.Empty((await ReadAsync(before)).GetProperty("external").EnumerateArray());
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task A_page_of_balances_that_is_stored_while_somebody_links_counts()
    {
        var partner = await PartnerAsync("Nordlys AB", null);
        Ledger.Customers.Add(Customer("1", "Nordlys"));
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        Ledger.Balances[0] = Owes("1", 250);
        await MeanwhileAsync<LedgerCustomer>(1, () => LinkAsync(partner), () => RunAsync());
        Assert.Equal(250, await OwesAsync(partner));
    }

    [Theory, Trait("Requirement", "R28"), InlineData(false), InlineData(true)]
    public async Task A_link_while_the_customer_is_matched_to_another_partner_leaves_that_one_alone(bool isIgnored)
    {
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        var (matched, chosen) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", null));
        await MeanwhileAsync<Connection>(1, () => RunAsync(whole: true), () => LinkAsync(isIgnored ? null : chosen));
        if (!isIgnored) Assert.Equal(600, await OwesAsync(chosen));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(matched)).GetProperty("balance").ValueKind);
        Assert.Empty((await ReadAsync(matched)).GetProperty("external").EnumerateArray());
        var customer = (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0];
        Assert.Equal(isIgnored ? "" : $"{chosen}", $"{customer.GetProperty("partner")}");
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task What_another_system_tells_while_a_page_is_stored_counts()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        var (actors, call, ct) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), TestContext.Current.CancellationToken);
        var other = await actors.CreateAsync(call, new AddLedgerCustomers([new() { Plugin = "other", There = Customer("7", "Nordlys"), Partner = partner, Open = [new("SEK", 100, null)], BalancesOf = 1 }]), ct);
        Ledger.Balances[0] = Owes("1", 250);
        await MeanwhileAsync<Connection>(1, () => RunAsync(), () => actors.SendAsync(call, other.Row!.Number, new OweLedgerCustomer([new("SEK", 30, null)], 1), ct));
        Assert.Equal(280, await OwesAsync(partner));
    }

    [Fact]
    public void What_rests_on_a_customer_is_refused_once_it_is_not_as_it_was_read()
    {
        var read = new LedgerCustomer { Plugin = "ledger", There = Customer("1", "Nordlys"), Partner = 1_001, Open = [new("SEK", 100, null)], BalancesOf = 1 };
        Assert.Null(new AsRead(1, read).Decide(read with { ReadAt = DateTimeOffset.UnixEpoch, Open = [new("SEK", 100.00m, null)], Memory = new() }, null!).Refusal);
        foreach (var now in new[] { read with { Partner = null }, read with { Partner = 1_002 }, read with { IsIgnored = true }, read with { BalancesOf = 0 }, read with { Open = [] } })
            Assert.Equal("accounting.customer.overtaken", new AsRead(1, read).Decide(now, null!).Refusal?.Code);
    }

    private async Task LinkAsync(long? partner)
    {
        var customer = (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0].GetProperty("number").GetInt64();
        var answer = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{customer}/{(partner is null ? "ignore" : "link")}"), partner is null ? null : new { partner });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    /// <summary>Does something else when all is prepared and before it is stored.</summary>
    /// <typeparam name="TLast">What the last of the commands goes to.</typeparam>
    /// <param name="time">Which of such sends, counted from 1.</param>
    /// <param name="work">What prepares and stores.</param>
    /// <param name="meanwhile">What comes in between.</param>
    private async Task MeanwhileAsync<TLast>(int time, Func<Task> work, Func<Task> meanwhile) where TLast : class
    {
        var prepared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var done = new ManualResetEventSlim();
        Failing<IActors>.Of(App).Fault = (_, args) =>
        {
            if (args.Length != 5 || args[3] is not Func<IReadOnlyList<Sent>, ICommand<TLast>> || Interlocked.Decrement(ref time) != 0) return null;
            prepared.SetResult();
            return done.Wait(Patience) ? null : new TimeoutException();
        };
        var working = Task.Run(work, TestContext.Current.CancellationToken);
        await prepared.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await meanwhile();
        done.Set();
        await working;
    }
}
