using Crm.Accounting;
using Crm.Plugins;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounting;

/// <summary>Rows of accounting as a run leaves them, in companies that have no accounting system.</summary>
internal static class AccountingRows
{
    /// <summary>A paused connection, a customer and an invoice.</summary>
    public static async Task AddLedgerAsync(this OneApp app, TestCompany company, string name)
    {
        var (actors, call, ct) = (app.Services.GetRequiredService<IActors>(), Call.System(await app.RefAsync(company)), TestContext.Current.CancellationToken);
        var plugin = name.ToLowerInvariant().Replace(' ', '-');
        await actors.CreateAsync(call, new Put<Connection>(new() { Plugin = plugin, State = ConnectionState.Paused, Account = new("1", name, null, "SEK") }), ct);
        await actors.CreateAsync(call, new Put<LedgerCustomer>(new() { Plugin = plugin, There = FakeLedger.Customer("1", name), Review = ReviewReason.NoOrganisationNumber }), ct);
        await actors.CreateAsync(call, new Put<Invoice>(new() { Plugin = plugin, There = new AccountingInvoice { Id = "1", Number = name, CustomerId = "1", Date = new(2026, 3, 1), Gross = 1, Balance = 1, Currency = "SEK", IsBooked = true } }), ct);
    }

    private sealed record Put<T>(T State) : ICreation<T> where T : class
    {
        public Decision<T> Decide(Moment at) => Decision.Accept(State, "test.put");
    }
}
