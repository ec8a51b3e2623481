using System.Globalization;

namespace Crm.StandIns;

/// <summary>e-conomic's filters: <c>name$like:joe$and:customerNumber$gt:7</c>. <c>$and:</c> binds closer than <c>$or:</c>; parentheses are not needed here.</summary>
internal static class EconomicFilters
{
    private static readonly string[] Operators = ["$gte:", "$lte:", "$gt:", "$lt:", "$eq:", "$ne:", "$like:"];

    public static Dictionary<string, Func<BookCustomer, IComparable?>> Customers(Economic economic) => new()
    {
        ["customerNumber"] = c => (decimal)c.Number, ["name"] = c => c.Name, ["city"] = c => c.City, ["currency"] = c => c.Currency, ["corporateIdentificationNumber"] = c => c.OrganisationNumber, ["balance"] = c => economic.Documents.BalanceOf(c),
        ["lastUpdated"] = c => c.ChangedAt, ["barred"] = c => c.IsActive ? "false" : "true",
    };

    public static Dictionary<string, Func<BookInvoice, IComparable?>> Invoices { get; } = new()
    {
        ["bookedInvoiceNumber"] = i => (decimal)i.Number, ["date"] = i => i.Date, ["currency"] = i => i.Currency, ["customer.customerNumber"] = i => (decimal)i.Customer,
    };

    public static IReadOnlyDictionary<string, Func<T, IComparable?>> None<T>() => new Dictionary<string, Func<T, IComparable?>>();

    /// <summary>Null = a field that cannot be filtered by, or no filter at all.</summary>
    public static Func<T, bool>? Parse<T>(string filter, IReadOnlyDictionary<string, Func<T, IComparable?>> fields)
    {
        List<List<Func<T, bool>>> either = [];
        foreach (var part in filter.Split("$or:"))
        {
            List<Func<T, bool>> all = [];
            foreach (var condition in part.Split("$and:"))
            {
                var op = Operators.FirstOrDefault(o => condition.Contains(o, StringComparison.Ordinal));
                if (op is null || condition.Split(op) is not [var name, var text] || !fields.TryGetValue(name, out var field)) return null;
                all.Add(row => Holds(field(row), op, text));
            }
            either.Add(all);
        }
        return row => either.Any(all => all.All(c => c(row)));
    }

    private static bool Holds(IComparable? value, string op, string text)
    {
        if (op == "$like:") return $"{value}".Contains(text.Trim('*'), StringComparison.OrdinalIgnoreCase);
        var order = value switch
        {
            decimal number => number.CompareTo(decimal.Parse(text, CultureInfo.InvariantCulture)),
            DateOnly day => day.CompareTo(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            // By whole seconds, as e-conomic writes them.
            DateTimeOffset at => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()).CompareTo(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
            _ => string.Compare($"{value}", text, StringComparison.OrdinalIgnoreCase),
        };
        return op switch { "$eq:" => order == 0, "$ne:" => order != 0, "$gt:" => order > 0, "$gte:" => order >= 0, "$lt:" => order < 0, _ => order <= 0 };
    }
}
