using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>e-conomic's employees, one of whom is a customer's sales person: the customer has the number, and the list the name and the address.</summary>
/// <param name="all">Null = nobody knows who they are.</param>
internal sealed class Employees(Employee[]? all)
{
    public static Employees Unknown { get; } = new(null);

    public const string NotFound = "e-conomic has no employee with the owner's e-mail address, or one alone with the name, so the sales person is as before.";
    public const string NotAllowed = "The app's role in e-conomic may not read employees, so the sales person is as before.";

    /// <summary>Read when customers have sales persons, so that a reading without any costs no call.</summary>
    public static async ValueTask<Employees> OfAsync(EconomicApi api, IEnumerable<Customer> customers, CancellationToken ct)
    {
        // Some roles of an app may not read employees. Of a sales person the number is told then.
        try { return customers.Any(c => c.SalesPerson?.EmployeeNumber is not null) ? await ReadAsync(api, ct) : new([]); }
        catch (PluginException refused) when (refused.Kind == PluginErrorKind.Forbidden) { return new([]); }
        // Customers are read all the same; of their sales persons nothing is told this time.
        catch (PluginException failed) when (failed.Kind is not (PluginErrorKind.RateLimited or PluginErrorKind.Unauthorized)) { return Unknown; }
    }

    /// <exception cref="PluginException"><see cref="PluginErrorKind.Forbidden"/>: the app's role may not read them.</exception>
    public static async ValueTask<Employees> ReadAsync(EconomicApi api, CancellationToken ct)
    {
        List<Employee> all = [];
        for (var page = 0; ; page++)
        {
            var (list, _) = await api.PageAsync(string.Create(CultureInfo.InvariantCulture, $"employees?pagesize={EconomicApi.PageSize}&skippages={page}"), EconomicJson.Default.Employees, ct);
            all.AddRange(list.Collection ?? []);
            if (!Lists.HasMore(list)) return new([.. all]);
        }
    }

    /// <summary>Nobody is a person without anything; null = somebody of whom nothing is known.</summary>
    public AccountingPerson? Of(EmployeeOf? salesPerson)
    {
        if (salesPerson?.EmployeeNumber is not { } number) return new();
        if (all is null) return null;
        var employee = all.FirstOrDefault(e => e.EmployeeNumber == number);
        return new() { Id = Mapping.Text(number), Name = employee?.Name, Email = employee?.Email };
    }

    /// <summary>The number of the one with the address, else of the only one with the name; null = there is none. Barred ones cannot be used.</summary>
    public long? Find(AccountingPerson owner)
    {
        Employee[] usable = [.. (all ?? []).Where(e => e is { EmployeeNumber: not null, Barred: not true })];
        var found = usable.FirstOrDefault(e => IsSame(e.Email, owner.Email)) ?? (usable.Where(e => IsSame(e.Name, owner.Name)).ToArray() is [var one] ? one : null);
        return (long?)found?.EmployeeNumber;
    }

    private static bool IsSame(string? one, string? other) => one.OrNull() is { } text && string.Equals(text, other.OrNull(), StringComparison.OrdinalIgnoreCase);
}
