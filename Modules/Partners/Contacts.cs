using System.Text.Json.Serialization;

namespace Crm.Partners;

/// <summary>What a caller may write on a contact person (R65).</summary>
internal sealed record ContactFields
{
    /// <summary>1 to 200 characters. Required when a contact is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }
    /// <summary>What they are in the firm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Title { get; init; }
    /// <summary>E-mail address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Email { get; init; }
    /// <summary>Telephone number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Phone { get; init; }
    /// <summary>True = the first to ask; the one before is not any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> Primary { get; init; }
    /// <summary>False = kept, but no longer with the firm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> Active { get; init; }

    public (Contact? Contact, Refusal? Refusal) Apply(Contact before)
    {
        List<Problem> problems = [];
        var contact = before with
        {
            Name = Text(Name, before.Name, "/name", 200, problems) ?? "", Title = Text(Title, before.Title, "/title", 100, problems), Email = Text(Email, before.Email, "/email", 254, problems),
            Phone = Text(Phone, before.Phone, "/phone", 50, problems), Primary = Primary.Or(before.Primary) ?? false, Active = Active.Or(before.Active) ?? true,
        };
        if (contact.Name.Length == 0 && problems.All(p => p.Pointer != "/name")) problems.Add(new("/name", "contact.name.required", "A contact has a name."));
        if (Email.IsSet && contact.Email is not null && EmailAddress.Problem(contact.Email) is { } wrong) problems.Add(new("/email", "email.invalid", wrong));
        if (contact is { Primary: true, Active: false }) problems.Add(new("/primary", "contact.primary.inactive", "The primary contact is an active one."));
        return problems.Count > 0 ? (null, Refusal.Invalid(problems)) : (contact, null);
    }

    private static string? Text(Optional<string> field, string? old, string pointer, int most, List<Problem> problems)
    {
        if (!field.IsSet) return old;
        var text = field.Value?.Trim();
        if (text?.Length > most) problems.Add(new(pointer, "text.tooLong", $"At most {most} characters."));
        else if (text?.Any(char.IsControl) == true) problems.Add(new(pointer, "text.control", "A control character is in the text."));
        return string.IsNullOrEmpty(text) ? null : text;
    }
}

/// <param name="Fields">What the contact is.</param>
/// <param name="Partner">The partner's number, for the answer.</param>
internal sealed record AddContact(ContactFields Fields, long Partner) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return ChangePartner.Deleted;
        if (partner.Contacts.Count >= Partners.Partner.MaxContacts) return Refusal.Conflict("partner.contacts.tooMany", $"A partner has at most {Partners.Partner.MaxContacts} contacts.");
        var (contact, refusal) = Fields.Apply(new(partner.LastContact + 1, "", null, null, null, false, true, 1));
        return refusal is not null ? refusal : Decision.Accept(partner.With(contact!) with { LastContact = contact!.Id }, "contact.added", ContactView.Of(contact, Partner, partner.Name));
    }
}

/// <param name="Id">Which contact.</param>
/// <param name="Fields">What changes.</param>
/// <param name="IfMatch">The contact's own version; null = the last write wins.</param>
/// <param name="Partner">The partner's number, for the answer.</param>
internal sealed record ChangeContact(int Id, ContactFields Fields, long? IfMatch, long Partner) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return ChangePartner.Deleted;
        if (partner.Contacts.FirstOrDefault(c => c.Id == Id) is not { } before) return Refusal.NotFound("contact");
        if (Contact.IsStale(before, IfMatch) is { } stale) return stale;
        var (contact, refusal) = Fields.Apply(before);
        if (refusal is not null) return refusal;
        if (contact == before) return Decision.Nothing(partner, ContactView.Of(before, Partner, partner.Name));
        contact = contact! with { Version = before.Version + 1 };
        return Decision.Accept(partner.With(contact), "contact.changed", ContactView.Of(contact, Partner, partner.Name));
    }
}

internal sealed record RemoveContact(int Id, long? IfMatch, long Partner) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return ChangePartner.Deleted;
        if (partner.Contacts.FirstOrDefault(c => c.Id == Id) is not { } contact) return Refusal.NotFound("contact");
        if (Contact.IsStale(contact, IfMatch) is { } stale) return stale;
        return Decision.Accept(partner with { Contacts = [.. partner.Contacts.Where(c => c.Id != Id)] }, "contact.removed", ContactView.Of(contact, Partner, partner.Name));
    }
}

/// <summary>A contact with the partner that it belongs to.</summary>
/// <param name="Id">Its place in the partner; never used again.</param>
/// <param name="Partner">Whose contact it is.</param>
/// <param name="Name">The name.</param>
/// <param name="Title">What they are in the firm.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Primary">True = the first to ask.</param>
/// <param name="Active">False = no longer with the firm.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record ContactView(int Id, PartnerName Partner, string Name, string? Title, string? Email, string? Phone, bool Primary, bool Active, int Version)
{
    public static ContactView Of(Contact c, long partner, string partnerName) => new(c.Id, new(partner, partnerName), c.Name, c.Title, c.Email, c.Phone, c.Primary, c.Active, c.Version);
}

/// <summary>A partner, named.</summary>
/// <param name="Number">The number.</param>
/// <param name="Name">The name.</param>
internal sealed record PartnerName(long Number, string Name);

/// <summary>A partner's contacts, for the list over all partners.</summary>
internal sealed record PartnerContacts(IReadOnlyList<ContactView> Contacts);
