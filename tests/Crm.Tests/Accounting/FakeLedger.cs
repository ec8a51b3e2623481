using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Tests.Plugins;

namespace Crm.Tests.Accounting;

/// <summary>An accounting system in memory, in pages of two unless said otherwise.</summary>
internal sealed class FakeLedger : IAccountingSystem, IExchangeRates, IPlugins
{
    private readonly PluginManifest _manifest = TestPackages.Of("V1").Manifest with { Id = "ledger", Capabilities = ["accounting", "rates"] };

    /// <summary>True = lists tell names and numbers only.</summary>
    public bool ListsInShort { get; set; }

    /// <summary>Why no customer can be read by itself; null = each can.</summary>
    public PluginErrorKind? Unreadable { get; set; }

    /// <summary>True = nobody there is the owner that is written.</summary>
    public bool KnowsNoOwners { get; set; }

    /// <summary>Rows of a page.</summary>
    public int Size { get; set; } = 2;

    /// <summary>So many pages without rows come before the others.</summary>
    public int Empty { get; set; }

    /// <summary>Comes before each page; null = nothing.</summary>
    public Func<Task>? Asking { get; set; }

    public List<AccountingCustomer> Customers { get; } = [];
    public List<AccountingInvoice> Invoices { get; } = [];
    public List<AccountingBalance> Balances { get; } = [];
    public AccountingCompany Company { get; set; } = new() { Id = "1", Name = "Acme AB", Currency = "SEK" };
    public List<string> Asked { get; } = [];
    public List<DayRates> Rates { get; } = [];

    /// <summary>True = balances of changes are those of the customers that were asked for.</summary>
    public bool AnswersInPart { get; set; }

    /// <summary>The first day that rates were last asked for.</summary>
    public DateOnly RatesFrom { get; private set; }

    /// <summary>Customers that were made there, in their order.</summary>
    public List<AccountingCustomer> Made { get; } = [];

    /// <summary>What was written over customers that were there.</summary>
    public List<AccountingCustomer> Changes { get; } = [];

    /// <summary>Refuses what is written; null = takes it.</summary>
    public PluginFailure? Refuses { get; set; }

    /// <summary>So many of the next writes are carried out, and their answers lost.</summary>
    public int LosesAnswers { get; set; }

    /// <summary>The plugin that answers instead, as it is built; null = none.</summary>
    public AccountingBench? Instead { get; set; }

    /// <summary>The keys that writes came with.</summary>
    public List<string?> Keys { get; } = [];

    /// <summary>Fails this call, counted from 1 of those to come; null = none.</summary>
    public (int Call, PluginFailure With)? Fails { get; set; }

    public ValueTask<IReadOnlyList<PluginManifest>> InUseAsync(CompanyRef company, string? capability, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<PluginManifest>>(capability is null or "accounting" or "rates" ? [_manifest] : []);

    public async ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        CompanyRef company, string plugin, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class
    {
        if (Fails is { } fails && (Fails = fails.Call == 1 ? null : (fails.Call - 1, fails.With)) is null) return fails.With;
        if (Instead is { } instead) return await instead.TryAsync((system, context, gone) => call((TCapability)system, context, argument, gone));
        try
        {
            if (terms?.IdempotencyKey is { } key) Keys.Add(key);
            return await call((TCapability)(object)this, null!, argument, ct);
        }
        catch (PluginException failed) { return new PluginFailure(failed.Kind, failed.Message, failed.RetryAfter); }
    }

    public ValueTask<int> GenerationAsync(CompanyRef company, string plugin, CancellationToken ct) => ValueTask.FromResult(0);
    public ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct) => ValueTask.FromResult(Company);
    public ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) =>
        Page("customers", ListsInShort ? [.. Customers.Select(c => Customer(c.Id!, c.Name!, c.OrganisationNumber) with { ChangedAt = c.ChangedAt, IsShort = true })] : Customers, query, c => c.ChangedAt);
    public ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) =>
        AnswersInPart && query is { ChangedSince: not null, Customers: { } customers } ? PartAsync(customers) : Page("balances", Balances, query, _ => null);
    public ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) => Page("invoices", Invoices, query, i => i.ChangedAt);
    public ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct)
    {
        Asked.Add($"customer {id}");
        if (Unreadable is { } kind) throw new PluginException(kind, "This one cannot be told.");
        return ValueTask.FromResult(Customers.FirstOrDefault(c => c.Id == id));
    }

    public ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct)
    {
        Asked.Add($"find {organisationNumber}");
        return ValueTask.FromResult(Customers.Where(c => c.OrganisationNumber == organisationNumber).ToArray());
    }

    public ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var made = customer with { Id = $"{100 + Customers.Count}", Number = $"{100 + Customers.Count}", Owner = KnowsNoOwners ? new() : customer.Owner };
        if (Refuses is not { } no) Customers.Add(made);
        else throw new PluginException(no.Kind, no.Detail);
        Made.Add(made);
        return Told(made);
    }

    public ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        if (Refuses is { } no) throw new PluginException(no.Kind, no.Detail);
        Changes.Add(customer);
        var at = Customers.FindIndex(c => c.Id == customer.Id);
        var old = Customers[at];
        Customers[at] = old with { Name = customer.Name ?? old.Name, Email = customer.Email ?? old.Email, Phone = customer.Phone ?? old.Phone, Website = customer.Website ?? old.Website, Invoice = customer.Invoice ?? old.Invoice, Owner = KnowsNoOwners ? old.Owner : customer.Owner ?? old.Owner };
        return Told(Customers[at]);
    }

    private ValueTask<AccountingCustomer> Told(AccountingCustomer customer) =>
        LosesAnswers-- > 0 ? throw new PluginException(PluginErrorKind.Unavailable, "The connection was lost.") : ValueTask.FromResult(customer with { LeftOut = KnowsNoOwners ? "Nobody there is the owner." : null });

    public ValueTask<DayRates[]> RatesAsync(IPluginCall call, DateOnly from, CancellationToken ct)
    {
        RatesFrom = from;
        return ValueTask.FromResult(Rates.Where(r => r.Day >= from).OrderBy(r => r.Day).ToArray());
    }

    public static AccountingCustomer Customer(string id, string name, string? organisationNumber = null) => new() { Id = id, Number = id, Name = name, OrganisationNumber = organisationNumber };

    public static AccountingBalance Owes(string customer, decimal amount, string currency = "SEK") => new() { CustomerId = customer, Open = new() { Value = amount, Currency = currency } };

    private ValueTask<AccountingPage<AccountingBalance>> PartAsync(IReadOnlyCollection<string> customers)
    {
        Asked.Add($"balances of {string.Join(',', customers)}");
        return ValueTask.FromResult(new AccountingPage<AccountingBalance> { IsPartial = true, Items = [.. customers.SelectMany(c => Balances.Where(b => b.CustomerId == c).DefaultIfEmpty(Owes(c, 0)))] });
    }

    private async ValueTask<AccountingPage<T>> Page<T>(string what, List<T> all, AccountingQuery query, Func<T, DateTimeOffset?> changedAt)
    {
        Asked.Add($"{what}{(query.ChangedSince is null ? "" : " changed")}");
        if (Asking is { } asking) await asking();
        var rows = all.Where(r => query.ChangedSince is null || changedAt(r) is not { } at || at >= query.ChangedSince).ToArray();
        var from = query.Cursor is null ? -Empty : int.Parse(query.Cursor, System.Globalization.CultureInfo.InvariantCulture);
        if (from < 0) return new AccountingPage<T> { Items = [], Cursor = $"{from + 1}" };
        return new AccountingPage<T> { Items = [.. rows.Skip(from).Take(Size)], Cursor = from + Size < rows.Length ? $"{from + Size}" : null, Total = rows.Length };
    }
}
