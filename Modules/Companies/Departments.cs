using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Crm.Contracts;

namespace Crm.Companies;

/// <summary>Adds a department at the end.</summary>
/// <param name="Id">Key, such as <c>sales</c>; fixed.</param>
/// <param name="Name">Shown, 1 to 200 characters.</param>
internal sealed partial record AddDepartment(string Id, string Name) : ICommand<CompanyProfile>
{
    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        List<Problem> problems = [];
        if (!Key().IsMatch(Id) || ChoiceRules.IsReserved(Id)) problems.Add(new("/id", "department.id", "A key has 1 to 40 characters: small letters, digits and hyphens. The words none, any and me mean something in filters."));
        if (!Company.IsName(Name)) problems.Add(new("/name", "department.name", "A name has 1 to 200 characters."));
        if (problems.Count > 0) return Refusal.Invalid(problems);
        if (profile.Department(Id) is not null) return Refusal.Conflict("department.taken", "There is a department with this key.");
        var department = new Department(Id, Name.Trim());
        return Decision.Accept(profile with { Departments = [.. profile.Departments, department] }, "department.added", department);
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}

/// <summary>Changes what is named of a department. Removing one is disabling it, because members and partners may refer to it.</summary>
internal sealed record ChangeDepartment(string Id) : ICommand<CompanyProfile>
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<bool?> Disabled { get; init; }

    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        if (profile.Department(Id) is not { } department) return Refusal.NotFound("department");
        List<Problem> problems = [];
        if (Name.IsSet && !Company.IsName(Name.Value)) problems.Add(new("/name", "department.name", "A name has 1 to 200 characters."));
        if (Disabled is { IsSet: true, Value: null }) problems.Add(new("/disabled", "department.disabled", "Disabled is true or false."));
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var changed = department with { Name = Name.Or(department.Name)!.Trim(), Disabled = Disabled.Value ?? department.Disabled };
        return changed == department
            ? Decision.Nothing(profile, department)
            : Decision.Accept(profile with { Departments = [.. profile.Departments.Select(d => d.Id == Id ? changed : d)] }, changed.Disabled && !department.Disabled ? "department.removed" : "department.changed", changed);
    }
}
