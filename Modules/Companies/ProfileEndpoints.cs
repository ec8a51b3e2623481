using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Companies;

internal static class ProfileEndpoints
{
    public static void Map(RouteGroupBuilder company, RouteGroupBuilder departments)
    {
        company.MapGet("", GetAsync).Needs("settings:read").Documented("getProfile", "The company's settings", "Name, currency, time zone, language, country, fiscal year and departments.");
        company.MapPatch("", ChangeAsync).Needs("settings:write").Documented("changeProfile", "Change the company's settings", "A merge patch; none of the settings can be cleared.");
        departments.MapGet("", ListAsync).Needs("settings:read").Documented("listDepartments", "All departments", "In the order in which they are shown, disabled ones too.");
        departments.MapPost("", AddAsync).Needs("settings:write").Creates<Department>().Documented("addDepartment", "Add a department", "Its key is fixed once given.");
        departments.MapGet("/{id}", OneAsync).Needs("settings:read").Documented("getDepartment", "One department", "One department by its key.");
        departments.MapPatch("/{id}", PatchAsync).Needs("settings:write").Documented("changeDepartment", "Change a department", "Its name, or whether it is disabled.");
        departments.MapDelete("/{id}", RemoveAsync).Needs("settings:write").Documented("removeDepartment", "Remove a department", "Disables it: it stays for what refers to it and is offered to nobody.");
    }

    private static async Task<Answer<ProfileView>> GetAsync(Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct)).ToAnswer<ProfileView, CompanyProfile>(Profile.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<ProfileView>> ChangeAsync(Body<ChangeCompanyProfile> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, body.Value, ct)).ToAnswer<ProfileView, CompanyProfile>(call, "company");

    private static async Task<Answer<Page<Department>>> ListAsync(Call call, IActors actors, CancellationToken ct)
    {
        var departments = (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct))!.State.Departments;
        return new Page<Department>(departments, null, departments.Count, true);
    }

    private static async Task<Answer<Department>> OneAsync(string id, Call call, IActors actors, CancellationToken ct)
    {
        var row = (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct))!;
        return row.State.Department(id) is { } department ? Answers.WithVersion(department, row.Version) : Refusal.NotFound("department");
    }

    private static async Task<Answer<Department>> AddAsync(Body<AddDepartment> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, body.Value, ct)).ToAnswer<Department, CompanyProfile>(call, "departments").Made(call, $"departments/{body.Value.Id}");

    private static async Task<Answer<Department>> PatchAsync(string id, Body<DepartmentChange> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, new ChangeDepartment(id) { Name = body.Value.Name, Disabled = body.Value.Disabled }, ct)).ToAnswer<Department, CompanyProfile>(call, "departments");

    private static async Task<Answer<Department>> RemoveAsync(string id, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, new ChangeDepartment(id) { Disabled = true }, ct)).ToAnswer<Department, CompanyProfile>(call, "departments");
}

/// <summary>What to change of a department.</summary>
public sealed record DepartmentChange
{
    /// <summary>1 to 200 characters.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>True = offered to nobody.</summary>
    public Optional<bool?> Disabled { get; init; }
}
