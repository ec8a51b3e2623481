using System.Text.Json.Serialization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>A customer as an accounting system keeps it, and which partner it is. Its number is the CRM's; the system's own is in <see cref="There"/>.</summary>
internal sealed record LedgerCustomer
{
    public static Entity<LedgerCustomer> Entity { get; } = new("accountingCustomer", "accounting_customers")
    {
        Columns =
        [
            new("plugin", ColumnType.Text, c => c.Plugin), new("external_key", ColumnType.Text, c => KeyOf(c.Plugin, c.There.Id!)),
            new("name_key", ColumnType.Text, (c, s) => SortKey.Of(c.There.Name ?? "", s.Get<CompanyProfile>().Language)) { Same = (a, b) => a.There.Name == b.There.Name },
            new("partner", ColumnType.Number, c => c.Partner), new("review", ColumnType.Text, c => c.Review is { } why ? ConnectionView.Word(why) : null),
            new("owes", ColumnType.Flag, c => c.Open.Count > 0 ? 1L : 0L), new("conflicts", ColumnType.Flag, c => c.Memory.Conflicts.Count > 0 ? 1L : 0L), new("balances_of", ColumnType.Number, c => c.BalancesOf),
        ],
        Unique = new Dictionary<string, string> { ["external_key"] = "accounting.customer.taken" },
        View = (row, _) => LedgerCustomerView.Of(row),
    };

    public static ListOf<LedgerCustomer> All { get; } = new("accountingCustomers", Entity,
    [
        new("number", "number", ColumnType.Number), new("plugin", "plugin", ColumnType.Text), new("name", "name_key", ColumnType.Text) { Contains = true, Fold = (text, s) => SortKey.Of(text, s.Get<CompanyProfile>().Language) },
        new("partner", "partner", ColumnType.Number), new("review", "review", ColumnType.Text), new("conflicts", "conflicts", ColumnType.Flag),
    ]) { DefaultSort = "name" };

    public required string Plugin { get; init; }

    /// <summary>As it was last read; with its identifier there.</summary>
    public required AccountingCustomer There { get; init; }

    /// <summary>The partner that it is; null = none, or nobody has decided.</summary>
    public long? Partner { get; init; }

    /// <summary>Why somebody has to look at it; null = nobody has to.</summary>
    public ReviewReason? Review { get; init; }

    /// <summary>True = somebody said that it is no partner of ours.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>What it owes, one for each currency; empty = nothing.</summary>
    public IReadOnlyList<OpenAmount> Open { get; init; } = [];

    /// <summary>The run that first read what it owes; 0 = none yet.</summary>
    public long BalancesOf { get; init; }
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>What is known of the fields that the partner has too.</summary>
    public SharedMemory Memory { get; init; } = new();

    [JsonIgnore]
    public bool IsBalanceKnown => BalancesOf > 0;

    [JsonIgnore]
    public bool IsAsked => Memory.Conflicts.Any(c => c.Winner is null);

    public static string KeyOf(string plugin, string id) => $"{plugin}/{id}";

    /// <summary>With what it owes now.</summary>
    public LedgerCustomer Owing(IEnumerable<AccountingBalance> rows, long run) => this with
    {
        BalancesOf = IsBalanceKnown ? BalancesOf : run,
        Open = [.. rows.Where(r => r.Open.Value != 0).Select(r => new OpenAmount(r.Open.Currency, r.Open.Value, r.Overdue?.Value)).OrderBy(o => o.Currency, StringComparer.Ordinal)],
    };

    public bool IsSameAs(LedgerCustomer other) => this == other with { Open = Open, BalancesOf = BalancesOf, ReadAt = ReadAt, Memory = Memory } && Open.SequenceEqual(other.Open) && Memory.IsSameAs(other.Memory);
}

/// <summary>Receivables in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">All that is open; negative when we owe.</param>
/// <param name="Overdue">Of it, past its due date; null = the system does not tell.</param>
internal sealed record OpenAmount(string Currency, decimal Amount, decimal? Overdue);

/// <summary>Why a customer waits for somebody to decide.</summary>
internal enum ReviewReason
{
    /// <summary>It has no organisation number, and a name alone decides nothing.</summary>
    NoOrganisationNumber,

    /// <summary>No partner has its organisation number.</summary>
    NoPartner,

    /// <summary>Several partners have its organisation number.</summary>
    SeveralPartners,

    /// <summary>The partner with its organisation number is another customer there already.</summary>
    PartnerTaken,
}

/// <summary>Customers that the system told of for the first time, made in one commit.</summary>
internal sealed record AddLedgerCustomers(IReadOnlyList<LedgerCustomer> Customers) : ICreation<LedgerCustomer>
{
    public Decision<LedgerCustomer> Decide(Moment at) => Decision.Accept(Customers[0] with { ReadAt = at.Now }, "accountingCustomer.added")
        .FollowedBy(_ => [.. Customers.Skip(1).Select(c => c with { ReadAt = at.Now })]);
}

/// <summary>A customer as it was read now.</summary>
internal sealed record ReadLedgerCustomer(LedgerCustomer Read) : ICommand<LedgerCustomer>
{
    public Decision<LedgerCustomer> Decide(LedgerCustomer customer, Moment at)
    {
        var read = Read with { Memory = customer.Memory, Open = customer.Open, BalancesOf = customer.BalancesOf };
        return customer.IsSameAs(read) ? Decision.Nothing(customer) : Decision.Accept(read with { ReadAt = at.Now }, "accountingCustomer.read");
    }
}

/// <summary>What a customer owes as it was read now.</summary>
internal sealed record OweLedgerCustomer(IReadOnlyList<OpenAmount> Open, long Run) : ICommand<LedgerCustomer>
{
    public Decision<LedgerCustomer> Decide(LedgerCustomer customer, Moment at) => customer.IsBalanceKnown && customer.Open.SequenceEqual(Open)
        ? Decision.Nothing(customer) : Decision.Accept(customer with { Open = Open, BalancesOf = customer.IsBalanceKnown ? customer.BalancesOf : Run, ReadAt = at.Now }, "accountingCustomer.owes");
}

/// <summary>What is remembered of the fields that the partner has too.</summary>
internal sealed record RememberShared(SharedMemory Memory) : ICommand<LedgerCustomer>
{
    public Decision<LedgerCustomer> Decide(LedgerCustomer customer, Moment at) =>
        customer.Memory.IsSameAs(Memory) ? Decision.Nothing(customer) : Decision.Accept(customer with { Memory = Memory }, "accountingCustomer.compared");
}

/// <summary>Somebody says which partner it is, or that it is none.</summary>
/// <param name="Partner">The partner; null = it is none of ours.</param>
internal sealed record DecideLedgerCustomer(long? Partner) : ICommand<LedgerCustomer>
{
    public Decision<LedgerCustomer> Decide(LedgerCustomer customer, Moment at)
    {
        var after = customer with { Partner = Partner, Review = null, IsIgnored = Partner is null };
        return after.IsSameAs(customer) ? Decision.Nothing(customer) : Decision.Accept(after, Partner is null ? "accountingCustomer.ignored" : "accountingCustomer.linked");
    }
}

/// <summary>All balances of a system were read.</summary>
internal sealed record SayBalancesRead(string System, DateTimeOffset At) : ICommand<BalanceAges>
{
    public Decision<BalanceAges> Decide(BalanceAges ages, Moment at) => Decision.Accept(ages with { ReadAt = new Dictionary<string, DateTimeOffset>(ages.ReadAt) { [System] = At } }, "balanceAges.read");
}
