using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>What accounting sees and changes of partners.</summary>
internal sealed class PartnerAccounting(IActors actors, IDatabase database) : IPartnerAccounting
{
    /// <summary>The scheme of an e-invoice address that is a GLN.</summary>
    private const string GlnScheme = "0088";

    public async Task<IReadOnlyList<PartnerAccount>> ReadAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        List<PartnerAccount> found = [];
        var profile = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>();
        foreach (var some in numbers.Distinct().Chunk(500))
        {
            found.AddRange(await database.QueryAsync(company, $"select number, version, updated_at, doc from partners where company = @company and number in ({Names(some)})", Arguments(some),
                row => Of(JsonSerializer.Deserialize<Partner>(row.GetString(3), Json.State)!, row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), profile), ct));
        }
        return found;
    }

    public async Task<IReadOnlyList<long>> TaggedAsync(CompanyRef company, IReadOnlyCollection<string> tags, long after, int most, CancellationToken ct) =>
        await database.QueryAsync(company, $"""
            select distinct t.number from partner_terms t join partners p on p.company = t.company and p.number = t.number
            where t.company = @company and t.field = 'tag' and t.value in ({Names(tags)}) and t.number > @after and p.deleted = 0 order by t.number limit {most}
            """, [.. Arguments(tags), new("after", after)], row => row.GetInt64(0), ct);

    public async Task<ILookup<string, long>> WithExternalAsync(CompanyRef company, string system, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        List<(string Id, long Number)> found = [];
        foreach (var some in ids.Distinct().Chunk(500))
        {
            found.AddRange(await database.QueryAsync(company, $"""
                select t.value, t.number from partner_terms t join partners p on p.company = t.company and p.number = t.number
                where t.company = @company and t.field = 'external' and t.value in ({Names(some)}) and p.deleted = 0
                """, Arguments(some.Select(id => ExternalNumber.TermOf(system, id)).ToArray()), row => (row.GetString(0)[(system.Length + 1)..], row.GetInt64(1)), ct));
        }
        return found.ToLookup(f => f.Id, f => f.Number);
    }

    public Send Take(long partner, PartnerAccountValues values) => Send.To(partner, new ChangePartner(Fields(values)));

    public async Task<(PartnerAccount? Partner, Refusal? Refusal)> CreateAsync(Call call, JsonElement fields, string system, string? id, CancellationToken ct)
    {
        NewPartner written;
        try { written = Body<NewPartner>.Read(fields); }
        catch (RefusedException refused) { return (null, refused.Refusal); }
        var reply = await actors.CreateAsync(call, new CreateKnownPartner(new(written, await Parents.ProblemAsync(actors, call, null, written, ct), written.Branches.Value), system, id), ct);
        if (reply.Refusal is { } refusal) return (null, refusal);
        var row = reply.Row ?? (await actors.ReadAsync<Partner>(call.Company, reply.Replayed!.Number, ct))!;
        return (Of(row.State, row.Number, row.Version, row.UpdatedAt, (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>()), null);
    }

    public Send SetBalance(long partner, Balance? balance) => Send.To(partner, new SetBalance(balance));

    public Send SetExternal(long partner, string system, string? id) => Send.To(partner, new SetExternal(system, id));

    public Send SetInvoiced(long partner, InvoicedYear invoiced) => Send.To(partner, new SetInvoiced(invoiced));

    public Send SetExternal(long partner, string system, string? id, Balance? balance, InvoicedYear invoiced) => Send.To(partner, new SetExternal(system, id) { Balance = new(balance), Invoiced = invoiced });

    private static PartnerAccount Of(Partner p, long number, long version, DateTimeOffset updatedAt, CompanyProfile company) => new()
    {
        Number = number, Version = version, UpdatedAt = updatedAt, IsDeleted = p.IsDeleted, Country = p.Country, Language = p.Language, Tags = p.Tags,
        External = p.External.ToDictionary(e => e.System, e => e.Id), Delivery = Facts(p.Visiting), Gln = p.Invoicing?.EInvoice is { Scheme: GlnScheme } gln ? gln.Id : null, Owner = company.Member(p.Owner),
        Values = new()
        {
            Name = p.Name, OrganisationNumber = p.OrganisationNumber, VatNumber = p.VatNumber, Address = Facts(p.InvoiceAddress ?? p.Postal ?? p.Visiting), Email = p.Email, InvoiceEmail = p.Invoicing?.Email,
            Phone = p.Phone, Website = p.Website, CreditLimit = p.CreditLimit, Owner = p.Owner,
        },
    };

    private static PartnerFields Fields(PartnerAccountValues v) => new()
    {
        Name = v.Name, OrganisationNumber = v.OrganisationNumber, VatNumber = v.VatNumber, Email = v.Email, Phone = v.Phone, Website = v.Website, Owner = v.Owner,
        Invoicing = v.InvoiceEmail.IsSet ? new InvoicingFields { Email = v.InvoiceEmail } : default,
        CreditLimit = !v.CreditLimit.IsSet ? default : v.CreditLimit.Value is { } limit ? new MoneyFields { Amount = limit.Amount, Currency = limit.Currency } : new Optional<MoneyFields>(null),
        Addresses = !v.Address.IsSet ? default : new AddressesFields
        {
            Invoice = v.Address.Value is { } a ? new AddressFields { Street = a.Street, PostalCode = a.PostalCode, City = a.City, Country = a.Country } : new Optional<AddressFields>(null),
        },
    };

    private static AddressFacts? Facts(Address? address) => address is null ? null : new(address.Street, address.PostalCode, address.City, address.Country);

    private static string Names<T>(IReadOnlyCollection<T> values) => string.Join(", ", Enumerable.Range(0, values.Count).Select(i => $"@n{i}"));

    private static Argument[] Arguments<T>(IReadOnlyCollection<T> values) => [.. values.Select((value, i) => new Argument($"n{i}", value))];
}

/// <summary>Makes a partner that is a customer in another system already (R52).</summary>
/// <param name="Partner">What it is.</param>
/// <param name="System">Such as economic.</param>
/// <param name="Id">Its number there; null = it is only tried whether it could be made.</param>
internal sealed record CreateKnownPartner(CreatePartner Partner, string System, string? Id) : ICreation<Partner>
{
    public Decision<Partner> Decide(Moment at)
    {
        var made = Partner.Decide(at);
        if (made.Refusal is { } refusal) return refusal;
        var known = Decision.Accept(Id is null ? made.State! : made.State! with { External = [new(System, Id, at.Now)] }, made.Fact!);
        return made.Followers is { } followers ? known.FollowedBy(followers) : known;
    }
}
