using System.Text.Json;
using Crm.Contracts;
using Crm.Partners;

namespace Crm.Tests.Partners;

/// <summary>A company as decisions see it, without a database.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 7, 10, 0, 0, TimeSpan.Zero);

    public static readonly CompanyProfile Company = new()
    {
        Name = "Acme AB", BaseCurrency = "SEK", Language = "sv", Departments = [new("sales", "Sales"), new("closed", "Closed", Disabled: true)],
        Members = [new("u1", "Anna", "anna@example.com", Role.Seller), new("u2", "Bo", "bo@example.com", Role.Seller), new("u9", "Gone", "gone@example.com", Role.Seller, Disabled: true)],
    };

    public static readonly PartnerSettings Settings = new()
    {
        Tags = [new("vip", "VIP"), new("nordic", "Nordic"), new("off", "Off") { Disabled = true }, new("gone", "Gone") { Removed = true }],
    };

    public static readonly Moment At = new(Now, new Call(new CompanyRef(1, "acme"), new Caller("user:u1", Role.Admin) { UserId = "u1" }), new FixedSettings(Company, Settings));

    public static readonly Partner Partner = new() { Name = "AB Volvo", Country = "SE", OrganisationNumber = "556012-5790", Relations = ["customer"] };

    public static readonly Partner Deleted = Partner with { DeletedAt = Now };

    public static T Read<T>(string json) where T : class
    {
        using var document = JsonDocument.Parse(json);
        return Body<T>.Read(document.RootElement);
    }

    public static PartnerFields Fields(string json) => Read<PartnerFields>(json);

    /// <summary>The partner after a change that must be accepted.</summary>
    public static Partner Change(Partner partner, string json)
    {
        var decision = new ChangePartner(Fields(json)).Decide(partner, At);
        Assert.Null(decision.Refusal);
        return decision.State!;
    }

    /// <summary>The journal's before and after of a change.</summary>
    public static (JsonElement Before, JsonElement After) Entry<T>(T? before, T after) where T : class
    {
        var change = Crm.Host.Storage.DocumentChange.Of(before is null ? [] : JsonSerializer.SerializeToUtf8Bytes(before, Json.State), JsonSerializer.SerializeToUtf8Bytes(after, Json.State));
        using var document = JsonDocument.Parse(change);
        return (document.RootElement.GetProperty("before").Clone(), document.RootElement.GetProperty("after").Clone());
    }

    public static string Document<T>(T state) => JsonSerializer.Serialize(state, Json.State);
}

/// <summary>Settings that are given and not read; those that are not given are as in a company that never changed any.</summary>
internal sealed class FixedSettings(params object[] all) : ISettings
{
    public DateTimeOffset Now => Given.Now;

    public TSettings Get<TSettings>() where TSettings : class => all.OfType<TSettings>().SingleOrDefault() ?? Activator.CreateInstance<TSettings>();
}
