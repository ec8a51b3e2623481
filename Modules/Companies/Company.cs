using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm.Companies;

/// <summary>One of our companies (a tenant). Lives in company 0; its number is the first column of all its data.</summary>
/// <param name="Slug">Its name in the URL; fixed.</param>
/// <param name="Name">What the operator calls it. The company's own name is in its profile.</param>
/// <param name="Active">False = nobody can reach it.</param>
/// <param name="Made">False = its making was broken off; repeating it goes on.</param>
internal sealed partial record Company(string Slug, string Name, bool Active, bool Made)
{
    public static readonly Entity<Company> Entity = new("company", "companies")
    {
        Columns = [new("slug", ColumnType.Text, c => c.Slug), new("active", ColumnType.Flag, c => c.Active ? 1L : 0L)],
        Unique = new Dictionary<string, string> { ["slug"] = "company.slug.taken" },
        View = (row, _) => CompanyRowView.Of(row),
    };

    /// <summary>What is wrong with a slug; null = nothing. A company named as one of our own routes could not be reached.</summary>
    public static Problem? SlugProblem(string slug) =>
        !SlugForm().IsMatch(slug) ? new("/slug", "company.slug", "A slug has 2 to 39 characters: small letters, digits and hyphens, a letter first.")
        : slug is "operator" or "session" ? new("/slug", "company.slug.reserved", "This slug is a part of the program's own addresses.")
        : null;

    public static bool IsSlug(string slug) => SlugForm().IsMatch(slug);

    public static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= 200;

    [GeneratedRegex("^[a-z][a-z0-9-]{1,38}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugForm();
}

/// <summary>Begins a company, which nobody can reach before <see cref="ActivateCompany"/>.</summary>
internal sealed record CreateCompany(string Slug, string Name) : ICreation<Company>
{
    public Decision<Company> Decide(Moment at) =>
        Company.SlugProblem(Slug) is { } problem ? Refusal.Invalid([problem]) : Decision.Accept(new Company(Slug, Name.Trim(), Active: false, Made: false), "company.created");
}

/// <summary>Ends the making of a company.</summary>
internal sealed record ActivateCompany : ICommand<Company>
{
    public Decision<Company> Decide(Company company, Moment at) =>
        company.Made ? Refusal.Conflict("company.slug.taken", "There is a company with this slug.")
        : Decision.Accept(company with { Active = true, Made = true }, "company.activated");
}

/// <summary>The operator's changes.</summary>
internal sealed record ChangeCompany : ICommand<Company>
{
    /// <summary>1 to 200 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Name { get; init; }

    /// <summary>False = nobody can reach the company.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<bool?> Active { get; init; }

    public Decision<Company> Decide(Company company, Moment at)
    {
        if (Name.IsSet && !Company.IsName(Name.Value)) return Refusal.Invalid([new("/name", "company.name", "A name has 1 to 200 characters.")]);
        if (Active is { IsSet: true, Value: null }) return Refusal.Invalid([new("/active", "company.active", "Active is true or false.")]);
        if (Active.Value is true && !company.Made) return Refusal.Conflict("company.unfinished", "The making of this company was broken off. Repeat it to go on.");
        var changed = company with { Name = Name.Or(company.Name)!.Trim(), Active = Active.Value ?? company.Active };
        return changed == company ? Decision.Nothing(company) : Decision.Accept(changed, "company.changed");
    }
}

/// <summary>A company as operators see it.</summary>
/// <param name="Number">Names it in the canaries and pins of plugins.</param>
/// <param name="Slug">Its name in the URL.</param>
/// <param name="Name">What the operator calls it.</param>
/// <param name="Active">False = nobody can reach it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">The version in its ETag.</param>
/// <param name="Invitation">Only in the answer that made it: the one-time token of its first administrator.</param>
public sealed record CompanyRowView(long Number, string Slug, string Name, bool Active, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, string? Invitation)
{
    internal static CompanyRowView Of(Row<Company> row) =>
        new(row.Number, row.State.Slug, row.State.Name, row.State.Active, row.CreatedAt, row.UpdatedAt, row.Version, null);
}
