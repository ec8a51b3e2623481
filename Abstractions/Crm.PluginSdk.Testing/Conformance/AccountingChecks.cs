namespace Crm.Plugins.Testing;

/// <summary>The contract of <see cref="IAccountingSystem"/>, as far as reading goes: the kit writes nothing into anybody's books.</summary>
internal sealed class AccountingChecks(Session session, IAccountingSystem books, Findings findings)
{
    private const int MostPages = 50;

    public IEnumerable<Operation> Operations =>
    [
        new(nameof(books.CompanyAsync), gone => session.TryAsync(nameof(books.CompanyAsync), books.CompanyAsync, gone)),
        new(nameof(books.CustomersAsync), gone => PageAsync(nameof(books.CustomersAsync), books.CustomersAsync, null, gone)),
        new(nameof(books.BalancesAsync), gone => PageAsync(nameof(books.BalancesAsync), books.BalancesAsync, null, gone)),
        new(nameof(books.InvoicesAsync), gone => PageAsync(nameof(books.InvoicesAsync), books.InvoicesAsync, null, gone)),
        new(nameof(books.FindCustomersAsync), gone => session.TryAsync(nameof(books.FindCustomersAsync), (call, ct) => books.FindCustomersAsync(call, "5599999997", ct), gone)),
    ];

    public async Task RunAsync()
    {
        var company = await session.TryAsync(nameof(books.CompanyAsync), books.CompanyAsync);
        Note("company", company.Trouble ?? (company.Value is AccountingCompany { Id.Length: > 0, Name.Length: > 0, Currency.Length: 3 } ? null : "answered a company without an id, a name or a currency such as SEK"));
        var customers = await AllAsync<AccountingCustomer>("customers", nameof(books.CustomersAsync), books.CustomersAsync, Wrong);
        await AllAsync<AccountingBalance>("balances", nameof(books.BalancesAsync), books.BalancesAsync, b => string.IsNullOrEmpty(b.CustomerId) || b.Open.Currency.Length != 3 ? "a balance without a customer or a currency" : null);
        await AllAsync<AccountingInvoice>("invoices", nameof(books.InvoicesAsync), books.InvoicesAsync, i => string.IsNullOrEmpty(i.Id) || string.IsNullOrEmpty(i.CustomerId) || i.Currency.Length != 3 ? "an invoice without an id, a customer or a currency" : null);
        if (customers is [var first, ..])
        {
            var one = await session.TryAsync(nameof(books.CustomerAsync), (call, ct) => books.CustomerAsync(call, first.Id!, ct));
            Note("customer", one.Trouble ?? (one.Value is AccountingCustomer { IsShort: false } whole && whole.Id == first.Id ? Wrong(whole) : $"did not answer all of the customer {first.Id}, which stands in its list"));
        }
        var unknown = await session.TryAsync(nameof(books.CustomerAsync), (call, ct) => books.CustomerAsync(call, "no/such customer?", ct));
        Note("customer.unknown", unknown.Trouble ?? (unknown.Value is null ? null : "answered a customer for an id that there is not"));
        foreach (var (name, attempt) in new[] { ("customers", await PageAsync(nameof(books.CustomersAsync), books.CustomersAsync, "no cursor", null)), ("balances", await PageAsync(nameof(books.BalancesAsync), books.BalancesAsync, "no cursor", null)) })
        {
            // One that answers all in one page needs no cursor and may look at none.
            Note($"cursor.{name}", attempt.Thrown?.Kind == PluginErrorKind.Invalid || attempt.Value is not null ? null : $"made something else than {PluginErrorKind.Invalid} of a cursor that it never gave ({attempt.Trouble})");
        }
    }

    /// <summary>Reads every page; none may be answered twice.</summary>
    private async Task<List<T>> AllAsync<T>(string name, string operation, Func<IPluginCall, AccountingQuery, CancellationToken, ValueTask<AccountingPage<T>>> page, Func<T, string?> wrong) where T : class
    {
        var (all, cursors, cursor, problem) = (new List<T>(), new HashSet<string>(), (string?)null, (string?)null);
        do
        {
            var attempt = await PageAsync(operation, page, cursor, null);
            if (attempt.Value is not AccountingPage<T> { Items: not null } part) { problem = attempt.Trouble ?? "answered null instead of a page"; break; }
            all.AddRange(part.Items);
            cursor = part.Cursor;
            if (cursor is not null && !cursors.Add(cursor)) { problem = "answered the same cursor twice, so that reading never ends"; break; }
        } while (cursor is not null && cursors.Count < MostPages);
        Note(name, problem ?? (all.Count == 0 ? "found none; the outside system needs some for this check" : all.Select(wrong).FirstOrDefault(w => w is not null) is { } found ? $"answered {found}" : null));
        return all;
    }

    private static string? Wrong(AccountingCustomer customer) =>
        string.IsNullOrEmpty(customer.Id) ? "a customer without an id"
        : customer.OrganisationNumber is { } number && number.Any(c => !char.IsAsciiDigit(c) && c != '-') ? $"the organisation number \"{number}\", which is not digits only"
        : typeof(AccountingCustomer).GetProperties().FirstOrDefault(p => p.GetValue(customer) is string { Length: 0 }) is { } empty ? $"an empty text as {empty.Name}, where null says that there is nothing"
        : customer.Owner is { } owner && (owner.Id is "" || owner.Name is "" || owner.Email is "") ? "an owner with an empty text, where null says that there is nothing" : null;

    private Task<Attempt> PageAsync<T>(string operation, Func<IPluginCall, AccountingQuery, CancellationToken, ValueTask<AccountingPage<T>>> page, string? cursor, TimeSpan? gone) =>
        session.TryAsync(operation, (call, ct) => page(call, new() { Cursor = cursor }, ct), gone);

    private void Note(string name, string? problem) => findings.Add(name, problem is null ? null : $"It {problem}.", "As the contract says.");
}
