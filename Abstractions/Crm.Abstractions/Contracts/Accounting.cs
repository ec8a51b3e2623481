using System.Text.Json;

namespace Crm.Contracts;

/// <summary>What accounting sees and changes of partners.</summary>
public interface IPartnerAccounting
{
    /// <summary>Partners as accounting sees them, deleted ones too; those that do not exist are left out.</summary>
    Task<IReadOnlyList<PartnerAccount>> ReadAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>The partners, not deleted ones, that have one of some tags, in the order of their numbers, page by page.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="tags">Keys of tags; at least one.</param>
    /// <param name="after">The last number of the page before; 0 = from the first.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<long>> TaggedAsync(CompanyRef company, IReadOnlyCollection<string> tags, long after, int most, CancellationToken ct);

    /// <summary>The partners, not deleted ones, that are somebody in another system.</summary>
    /// <param name="company">In which company.</param>
    /// <param name="system">Such as <c>fortnox</c>.</param>
    /// <param name="ids">Their numbers there, as people know them.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Partner numbers by the numbers there.</returns>
    Task<ILookup<string, long>> WithExternalAsync(CompanyRef company, string system, IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>The command that takes over what an accounting system has. The partner's own rules hold: a value that they refuse leaves the partner as it is.</summary>
    /// <param name="partner">Its number.</param>
    /// <param name="values">What is to be set; members that are not set stay.</param>
    Send Take(long partner, PartnerAccountValues values);

    /// <summary>Makes a partner that is a customer in another system already, or tries whether it could be made.</summary>
    /// <param name="call">In whose name; with an idempotency key it is made once, with DryRun not at all.</param>
    /// <param name="fields">What POST /partners takes.</param>
    /// <param name="system">Such as <c>economic</c>.</param>
    /// <param name="id">Its number there; null = it has none yet, and is only tried.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The partner as it is, or would be with number 0; or why not.</returns>
    Task<(PartnerAccount? Partner, Refusal? Refusal)> CreateAsync(Call call, JsonElement fields, string system, string? id, CancellationToken ct);

    /// <summary>The command that says what a partner owes; null = no accounting system says anything any more. The same amount again changes nothing.</summary>
    Send SetBalance(long partner, Balance? balance);

    /// <summary>The command that says who a partner is in another system.</summary>
    /// <param name="partner">Its number here.</param>
    /// <param name="system">Such as <c>fortnox</c>.</param>
    /// <param name="id">Its number there, as people know it; null = it is nobody there any more.</param>
    Send SetExternal(long partner, string system, string? id);

    /// <summary>The command that says what was invoiced to a partner in a year. The same again changes nothing.</summary>
    Send SetInvoiced(long partner, InvoicedYear invoiced);

    /// <summary>All three at once, for one commit.</summary>
    Send SetExternal(long partner, string system, string? id, Balance? balance, InvoicedYear invoiced);
}

/// <summary>What was invoiced to a partner in a calendar year (R74): all invoices in the books that are dated in it, credit notes subtracted.</summary>
/// <param name="Year">The year of the company's day when it was summed up.</param>
/// <param name="Amounts">Without VAT, one for each currency; empty = nothing was invoiced.</param>
/// <param name="WithVat">True = of some invoices the system tells no net, and they count with their VAT.</param>
public sealed record InvoicedYear(int Year, IReadOnlyList<Money> Amounts, bool WithVat)
{
    /// <summary>True when both say the same. Nothing invoiced is nothing in any year.</summary>
    public static bool Same(InvoicedYear? one, InvoicedYear? other) =>
        one is null || other is null ? one is null && other is null
        : one.Amounts.SequenceEqual(other.Amounts) && one.WithVat == other.WithVat && (one.Year == other.Year || one.Amounts.Count == 0);
}

/// <summary>When accounting systems last said what partners owe: one reading says it of all of a company's partners at once.</summary>
public sealed record BalanceAges
{
    /// <summary>By the system, such as <c>fortnox</c>.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ReadAt { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>After how many hours a balance is stale unless a company says something else: every night all are read anew.</summary>
    public const int UsualHours = 24;

    /// <summary>Balances that are older are called stale.</summary>
    public int StaleAfterHours { get; init; } = UsualHours;

    /// <summary>A balance with the time at which it was last known to be so.</summary>
    public Balance? Aged(Balance? balance) => balance is not null && ReadAt.TryGetValue(balance.Source, out var read) && read > balance.AsOf ? balance with { AsOf = read } : balance;

    /// <summary>True = nobody knows whether it is still so. An amount that no system has told is not stale, it is unknown.</summary>
    /// <param name="balance">With or without the time of the last reading.</param>
    /// <param name="now">The present instant.</param>
    public bool IsStale(Balance? balance, DateTimeOffset now) => Aged(balance) is { } aged && aged.AsOf < FreshFrom(now);

    /// <summary>What was last known to be so before this, a whole minute, is stale.</summary>
    public DateTimeOffset FreshFrom(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute) - (StaleAfterHours * TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>A position whose balance says when it was last known to be so, and whether that is too long ago.</summary>
    public CreditPosition Aged(CreditPosition credit, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(credit);
        return credit with { Balance = Aged(credit.Balance), IsStale = IsStale(credit.Balance, now) };
    }
}

/// <summary>A partner as accounting sees it. Null = not known.</summary>
public sealed record PartnerAccount
{
    /// <summary>Its number; 0 = it is not made yet.</summary>
    public long Number { get; init; }
    /// <summary>The version that its ETag shows.</summary>
    public long Version { get; init; }
    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
    /// <summary>True = it was deleted.</summary>
    public bool IsDeleted { get; init; }
    /// <summary>ISO 3166-1 alpha-2 of the VAT registration.</summary>
    public required string Country { get; init; }
    /// <summary>ISO 639-1 of letters and invoices.</summary>
    public string? Language { get; init; }
    /// <summary>Keys of tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Its numbers in other systems, by the system.</summary>
    public IReadOnlyDictionary<string, string> External { get; init; } = new Dictionary<string, string>();
    /// <summary>Where goods go: the visiting address.</summary>
    public AddressFacts? Delivery { get; init; }
    /// <summary>Its GLN, where invoices go to one.</summary>
    public string? Gln { get; init; }
    /// <summary>The main owner, who may be a former user; null = nobody.</summary>
    public Member? Owner { get; init; }
    /// <summary>What accounting systems have of it too.</summary>
    public required PartnerAccountValues Values { get; init; }
}

/// <summary>What both the CRM and an accounting system have of a partner. Reading, all is set, and null = not known; writing, what is not set stays and null clears.</summary>
public sealed record PartnerAccountValues
{
    /// <summary>Its name.</summary>
    public Optional<string> Name { get; init; }
    /// <summary>In the form of the country.</summary>
    public Optional<string> OrganisationNumber { get; init; }
    /// <summary>With the country.</summary>
    public Optional<string> VatNumber { get; init; }
    /// <summary>Where invoices go: the invoice address, else the postal, else the visiting one; written as the invoice address.</summary>
    public Optional<AddressFacts> Address { get; init; }
    /// <summary>E-mail address of the firm.</summary>
    public Optional<string> Email { get; init; }
    /// <summary>Where invoices by e-mail go.</summary>
    public Optional<string> InvoiceEmail { get; init; }
    /// <summary>Telephone number.</summary>
    public Optional<string> Phone { get; init; }
    /// <summary>Address of the website.</summary>
    public Optional<string> Website { get; init; }
    /// <summary>How much it may owe.</summary>
    public Optional<Money> CreditLimit { get; init; }
    /// <summary>The main owner's user id.</summary>
    public Optional<string> Owner { get; init; }
}
