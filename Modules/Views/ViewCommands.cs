using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Crm.Contracts;

namespace Crm.Views;

/// <summary>What a caller may write on a view.</summary>
internal sealed partial record ViewFields
{
    /// <summary>The list, such as partners; named when the view is made and fixed then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> List { get; init; }

    /// <summary>Shown, 1 to 100 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }

    /// <summary>Filters, order and columns, such as stage=active&amp;sort=-balance; up to 4,000 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Query { get; init; }

    /// <summary>Who sees it; mine unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<Sharing?> Shared { get; init; }

    /// <summary>With shared=department: which; the caller's own unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Department { get; init; }

    /// <summary>The view with what is named, and all that is wrong with it.</summary>
    public (SavedView View, Refusal? Refusal) On(SavedView view, Moment at)
    {
        var company = at.Settings.Get<CompanyProfile>();
        var shared = Shared.Value ?? (Shared.IsSet ? Sharing.Mine : view.Shared);
        var department = shared != Sharing.Department ? null : Department.Or(view.Department) ?? company.Member(at.Call.Caller.UserId)?.Department;
        var changed = view with { List = List.Or(view.List)!, Name = Name.Or(view.Name)?.Trim()!, Query = (Query.IsSet ? Query.Value : view.Query)?.TrimStart('?') ?? "", Shared = shared, Department = department };
        List<Problem> problems = [];
        void Check(bool holds, string field, string code, string message) { if (!holds) problems.Add(new($"/{field}", code, message)); }
        Check(changed.List is not null && Key().IsMatch(changed.List) && (view.List.Length == 0 || changed.List == view.List), "list", "view.list", "A list is a key such as partners: 1 to 40 letters, digits and hyphens. It is fixed once the view is made.");
        Check(changed.Name is { Length: > 0 and <= SavedView.MaxName } && !changed.Name.Any(char.IsControl), "name", "view.name", "A name has 1 to 100 characters.");
        Check(changed.Query.Length <= SavedView.MaxQuery && !changed.Query.Any(char.IsControl), "query", "view.query", "A query has up to 4,000 characters, as it stands in an address.");
        Check(shared != Sharing.Department || department is not null, "department", "view.department.required", "Say which department: the caller is in none.");
        Check(department is null || department == view.Department || company.Department(department) is { Disabled: false }, "department", "view.department.unknown", "There is no such department in use.");
        Check(!Department.IsSet || Department.Value is null || shared == Sharing.Department, "department", "view.department.unshared", "A department goes with shared=department.");
        return (changed, problems.Count > 0 ? Refusal.Invalid(problems) : null);
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}

/// <summary>Saves a view; the caller owns it.</summary>
/// <param name="Fields">What it is.</param>
/// <param name="Owned">How many views the caller has already.</param>
internal sealed record CreateView(ViewFields Fields, long Owned) : ICreation<SavedView>
{
    public Decision<SavedView> Decide(Moment at)
    {
        if (Owned >= SavedView.MostOfOwner) return ViewDecisions.TooMany;
        var (view, refusal) = Fields.On(new() { List = "", Name = "", Owner = Sight.OwnerOf(at.Call.Caller) }, at);
        return refusal is not null ? refusal : ViewDecisions.Accept(view, "view.saved", at);
    }
}

/// <summary>Changes what is named.</summary>
internal sealed record ChangeView(ViewFields Fields) : ICommand<SavedView>
{
    public Decision<SavedView> Decide(SavedView view, Moment at)
    {
        if (view.DeletedAt is not null) return Refusal.NotFound("view");
        if (view.Refuses(at.Call.Caller) is { } no) return no;
        var (changed, refusal) = Fields.On(view, at);
        if (refusal is not null) return refusal;
        // A view that an administrator makes private would be the owner's alone, out of the administrator's own sight.
        if (changed.Shared == Sharing.Mine && view.Shared != Sharing.Mine && view.Owner != Sight.OwnerOf(at.Call.Caller)) return Refusal.Forbidden("Only the owner makes a shared view private; delete it instead.");
        return changed == view ? ViewDecisions.Nothing(view, at) : ViewDecisions.Accept(changed, "view.changed", at);
    }
}

/// <summary>Deletes a view, or brings a deleted one back.</summary>
/// <param name="Delete">False = bring it back.</param>
/// <param name="Owned">How many views its owner has besides; plays no part in deleting.</param>
internal sealed record DeleteView(bool Delete, long Owned = 0) : ICommand<SavedView>
{
    public Decision<SavedView> Decide(SavedView view, Moment at)
    {
        if (view.Refuses(at.Call.Caller) is { } no) return no;
        if (!Delete && view.DeletedAt is not null && Owned >= SavedView.MostOfOwner) return ViewDecisions.TooMany;
        return Delete == view.DeletedAt is not null ? ViewDecisions.Nothing(view, at) : ViewDecisions.Accept(view with { DeletedAt = Delete ? at.Now : null }, Delete ? "view.deleted" : "view.restored", at);
    }
}

/// <summary>Answers show a view as its caller sees it.</summary>
internal static class ViewDecisions
{
    public static Refusal TooMany { get; } = Refusal.Conflict("view.tooMany", $"Nobody has more than {SavedView.MostOfOwner} views. Delete one that is not used.");

    public static Decision<SavedView> Accept(SavedView view, string fact, Moment at) => Decision.Accept(view, fact).ShownAs((row, settings) => SavedViewView.Of(row, settings, at.Call));

    public static Decision<SavedView> Nothing(SavedView view, Moment at) => Decision.Nothing(view).ShownAs((row, settings) => SavedViewView.Of(row, settings, at.Call));
}
