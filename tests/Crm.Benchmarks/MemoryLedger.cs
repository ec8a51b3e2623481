using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Tests.Plugins;

namespace Crm.Benchmarks;

/// <summary>An accounting system in memory, whose customers owe something else in every round: what the program itself costs, without any outside system.</summary>
/// <param name="count">How many customers, named 1, 2, ….</param>
internal sealed class MemoryLedger(int count) : IAccountingSystem, IPlugins
{
    public const string Id = "ledger";
    private const int Size = 500;

    private readonly PluginManifest _manifest = TestPackages.Of("V1").Manifest with { Id = Id, Capabilities = ["accounting"] };

    /// <summary>Everybody owes other amounts than in the round before.</summary>
    public int Round { get; set; }

    public ValueTask<IReadOnlyList<PluginManifest>> InUseAsync(CompanyRef company, string? capability, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<PluginManifest>>([_manifest]);

    public ValueTask<int> GenerationAsync(CompanyRef company, string plugin, CancellationToken ct) => ValueTask.FromResult(0);

    public async ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        CompanyRef company, string plugin, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class =>
        await call((TCapability)(object)this, null!, argument, ct);

    public ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct) => ValueTask.FromResult(new AccountingCompany { Id = "1", Name = "Nordlys AB", Currency = "SEK" });

    public ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) => ValueTask.FromResult(new AccountingPage<AccountingCustomer> { Items = [] });

    public ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) => ValueTask.FromResult(new AccountingPage<AccountingInvoice> { Items = [] });

    public ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var from = query.Cursor is null ? 0 : int.Parse(query.Cursor, CultureInfo.InvariantCulture);
        AccountingBalance[] rows = [.. Enumerable.Range(from + 1, Math.Min(Size, count - from)).Select(Owes)];
        return ValueTask.FromResult(new AccountingPage<AccountingBalance> { Items = rows, Total = count, Cursor = from + Size < count ? string.Create(CultureInfo.InvariantCulture, $"{from + Size}") : null });
    }

    public ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct) => throw new NotSupportedException();

    private AccountingBalance Owes(int customer) => new() { CustomerId = customer.ToString(CultureInfo.InvariantCulture), Open = new() { Value = (customer % 900) + (Round * 1_000) + 1, Currency = "SEK" } };
}
