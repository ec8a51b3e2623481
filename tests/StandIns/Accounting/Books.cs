using System.Collections.Concurrent;
using System.Globalization;

namespace Crm.StandIns;

/// <summary>A customer as all three accounting systems know it, each in its own words.</summary>
public sealed record BookCustomer
{
    public required int Number { get; init; }
    public required string Name { get; init; }
    public string OrganisationNumber { get; init; } = "";
    public string VatNumber { get; init; } = "";
    public string Street { get; init; } = "";
    public string PostCode { get; init; } = "";
    public string City { get; init; } = "";
    public string Country { get; init; } = "";
    public string DeliveryStreet { get; init; } = "";
    public string DeliveryPostCode { get; init; } = "";
    public string DeliveryCity { get; init; } = "";
    public string Email { get; init; } = "";
    public string InvoiceEmail { get; init; } = "";
    public string Phone { get; init; } = "";
    public string Website { get; init; } = "";
    public string Gln { get; init; } = "";
    public string Currency { get; init; } = "";
    public decimal? CreditLimit { get; init; }

    /// <summary>The co-worker who is responsible for it, by name.</summary>
    public string Owner { get; init; } = "";
    public int Group { get; init; } = 1;
    public bool IsActive { get; init; } = true;
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>An invoice or, with negative amounts, a credit note.</summary>
public sealed record BookInvoice
{
    public required int Number { get; init; }
    public required int Customer { get; init; }
    public required DateOnly Date { get; init; }
    public required DateOnly DueDate { get; init; }
    public required decimal Net { get; init; }
    public required decimal Gross { get; init; }
    public required decimal Balance { get; init; }
    public required string Currency { get; init; }

    /// <summary>What one unit of its currency is worth in the books'.</summary>
    public decimal Rate { get; init; } = 1;
    public bool IsBooked { get; init; } = true;
    public bool IsSent { get; init; } = true;
    public bool IsCancelled { get; init; }

    /// <summary>What stands on it of the customer's order.</summary>
    public string? OrderReference { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>Money that came for an invoice.</summary>
public sealed record BookPayment(int Number, int Invoice, decimal Amount, DateTimeOffset At);

/// <summary>
/// The books of one invented company: any number of customers and invoices, computed from their numbers and the same each time, and what was changed since.
/// </summary>
public sealed class Books
{
    private const int FirstCustomer = 1_001, FirstInvoice = 20_001, Days = 540;
    private static readonly (string Code, decimal Rate)[] Foreign = [("EUR", 11.25m), ("NOK", 0.98m)];

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, (long Version, object Rows)> _lists = new();
    private readonly SortedDictionary<int, BookCustomer> _customers;
    private readonly BookInvoice[] _invoices;
    private readonly List<BookPayment> _payments = [];
    private readonly Lock _gate = new();
    private long _version;

    /// <param name="country">SE or DK: where the company and most of its customers are.</param>
    /// <param name="customers">How many.</param>
    /// <param name="invoices">How many, over a year and a half.</param>
    /// <param name="clock">What the outside system's clock says.</param>
    public Books(string country, int customers, int invoices, TimeProvider clock)
    {
        (_clock, Country, Currency) = (clock, country, country == "DK" ? "DKK" : "SEK");
        var (now, names) = (clock.GetUtcNow(), BookNames.Of(country));
        _customers = new(Enumerable.Range(0, customers).ToDictionary(i => FirstCustomer + i, i => Customer(i, names, now)));
        _invoices = [.. Enumerable.Range(0, invoices).Select(i => Invoice(i, invoices, customers, now))];
    }

    /// <summary>Sixty customers with believable names and four invoices each.</summary>
    public static Books Demo(string country, TimeProvider clock) => new(country, 60, 240, clock);

    public string Country { get; }
    public string Currency { get; }

    public BookCustomer? Find(int number) { lock (_gate) return _customers.GetValueOrDefault(number); }

    public BookInvoice? FindInvoice(int number) => number >= FirstInvoice && number < FirstInvoice + _invoices.Length ? _invoices[number - FirstInvoice] : null;

    /// <summary>Customers in the order of their numbers that meet a condition; kept under a name until something changes.</summary>
    public BookCustomer[] Customers(string name, Func<BookCustomer, bool> condition) => Kept("customers " + name, () => { lock (_gate) return _customers.Values.Where(condition).ToArray(); });

    /// <summary>Invoices in the order of their numbers, or of their customers, that meet a condition; kept under a name until something changes.</summary>
    public BookInvoice[] Invoices(string name, Func<BookInvoice, bool> condition, bool byCustomer = false) =>
        Kept($"invoices {byCustomer} {name}", () => byCustomer ? [.. _invoices.Where(condition).OrderBy(i => i.Customer).ThenBy(i => i.Number)] : _invoices.Where(condition).ToArray());

    /// <summary>What a customer owes by all that is booked, in the books' currency.</summary>
    public decimal Owed(int customer) => Open().GetValueOrDefault(customer).Owed;

    /// <summary>Of it what is past its day.</summary>
    public decimal Overdue(int customer) => Open().GetValueOrDefault(customer).Overdue;

    private Dictionary<int, (decimal Owed, decimal Overdue)> Open() => Kept("owed", () =>
    {
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);
        return _invoices.Where(i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0).GroupBy(i => i.Customer)
            .ToDictionary(g => g.Key, g => (decimal.Round(g.Sum(i => i.Balance * i.Rate), 2), decimal.Round(g.Where(i => i.DueDate < today).Sum(i => i.Balance * i.Rate), 2)));
    });

    /// <summary>Makes a customer, with its number or the next; null = the number is taken.</summary>
    public BookCustomer? Add(BookCustomer customer, int? number = null)
    {
        lock (_gate)
        {
            var made = customer with { Number = number ?? _customers.Keys.LastOrDefault(FirstCustomer - 1) + 1, ChangedAt = _clock.GetUtcNow() };
            if (!_customers.TryAdd(made.Number, made)) return null;
            _version++;
            return made;
        }
    }

    public BookCustomer Change(int number, Func<BookCustomer, BookCustomer> change)
    {
        lock (_gate)
        {
            _version++;
            return _customers[number] = change(_customers[number]) with { Number = number, ChangedAt = _clock.GetUtcNow() };
        }
    }

    /// <summary>Changes an invoice: somebody pays, books or cancels it.</summary>
    public void ChangeInvoice(int number, Func<BookInvoice, BookInvoice> change)
    {
        lock (_gate)
        {
            _version++;
            _invoices[number - FirstInvoice] = change(_invoices[number - FirstInvoice]) with { ChangedAt = _clock.GetUtcNow() };
        }
    }

    /// <summary>Somebody pays a part of an invoice, or all of it. Its time of change may stay as it was.</summary>
    public void Pay(int number, decimal amount, bool isChange = true)
    {
        var before = FindInvoice(number)!.ChangedAt;
        ChangeInvoice(number, i => i with { Balance = i.Balance - amount });
        lock (_gate)
        {
            if (!isChange) _invoices[number - FirstInvoice] = _invoices[number - FirstInvoice] with { ChangedAt = before };
            _payments.Add(new(_payments.Count + 1, number, amount, _clock.GetUtcNow()));
        }
    }

    /// <summary>Payments that were made here; what was paid before is nobody's.</summary>
    public BookPayment[] Payments(Func<BookPayment, bool> condition) { lock (_gate) return [.. _payments.Where(condition)]; }

    private T Kept<T>(string name, Func<T> make) where T : class
    {
        var version = Interlocked.Read(ref _version);
        if (_lists.TryGetValue(name, out var kept) && kept.Version == version) return (T)kept.Rows;
        if (_lists.Count > 50) _lists.Clear();
        var rows = make();
        _lists[name] = (version, rows);
        return rows;
    }

    private BookCustomer Customer(int index, BookNames names, DateTimeOffset now)
    {
        var (name, (city, postCode)) = (names.Name(index), names.Town(index));
        var slug = string.Concat(name.ToLowerInvariant().Select(c => c switch { 'å' or 'ä' or 'æ' => 'a', 'ö' or 'ø' => 'o', _ => c }).Where(char.IsAsciiLetterOrDigit));
        var number = names.OrganisationNumber(index);
        return new()
        {
            Number = FirstCustomer + index, Name = name, OrganisationNumber = number, VatNumber = Country == "SE" ? $"SE{number}01" : $"DK{number}", Country = Country, Street = names.Street(index), PostCode = postCode, City = city,
            Email = $"info@{slug}.example", InvoiceEmail = index % 3 == 0 ? $"faktura@{slug}.example" : "", Phone = names.Phone(index), Website = index % 4 == 0 ? $"www.{slug}.example" : "", Currency = CurrencyOf(index).Code,
            DeliveryStreet = index % 5 == 0 ? names.Street(index + 7) : "", DeliveryPostCode = index % 5 == 0 ? postCode : "", DeliveryCity = index % 5 == 0 ? city : "",
            CreditLimit = index % 2 == 0 ? 25_000 * (1 + (index % 8)) : null, Group = 1 + (index % 3), IsActive = index % 17 != 16, ChangedAt = now.AddDays(-30 - (index % 700)),
        };
    }

    /// <summary>Every twelfth customer pays in another currency.</summary>
    private (string Code, decimal Rate) CurrencyOf(int customer) => customer % 12 == 11 ? Foreign[customer / 12 % 2] : (Currency, 1);

    private BookInvoice Invoice(int index, int count, int customers, DateTimeOffset now)
    {
        var (draw, customer) = (Draw(index), (int)((long)index * 7_919 % customers));
        var (currency, rate) = CurrencyOf(customer);
        var date = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-(int)((long)(count - 1 - index) * Days / count));
        var net = (1 + (draw % 480)) * 125.50m * (draw % 16 == 2 ? -1 : 1);
        var gross = decimal.Round(net * 1.25m, 2);
        var (state, isOld) = (draw % 16, date < DateOnly.FromDateTime(now.UtcDateTime).AddDays(-240));
        // Drafts, cancelled ones, credits, unpaid and part-paid ones; what is old is paid.
        var balance = state switch { 1 => 0, 0 or 2 or 3 or 4 or 5 when !isOld => gross, 6 when !isOld => decimal.Round(gross * 0.6m, 2), _ => 0 };
        var changed = new DateTimeOffset(date.ToDateTime(new(9, index % 60)), TimeSpan.Zero).AddDays(balance == 0 ? 20 : 0);
        return new()
        {
            Number = FirstInvoice + index, Customer = FirstCustomer + customer, Date = date, DueDate = date.AddDays(30), Net = net, Gross = gross, Balance = balance, Currency = currency, Rate = rate,
            IsBooked = state != 0 || isOld, IsCancelled = state == 1, IsSent = state is not (0 or 3), ChangedAt = changed < now ? changed : now,
        };
    }

    /// <summary>The same number for the same index, spread evenly.</summary>
    private static int Draw(int index)
    {
        var mixed = unchecked((uint)index * 2_654_435_761u);
        return (int)((mixed ^ (mixed >> 15)) % 1_000_000);
    }

    /// <summary>A number as systems write it.</summary>
    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
