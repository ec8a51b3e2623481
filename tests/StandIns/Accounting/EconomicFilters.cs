using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.StandIns;

/// <summary>e-conomic's filters: <c>name$like:joe$and:(customerNumber$gt:7$or:customerNumber$in:[1,2])</c>. <c>$and:</c> binds closer than <c>$or:</c>.</summary>
internal static partial class EconomicFilters
{
    private const int MostValues = 200;

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
        var rest = filter;
        var found = Any();
        return rest.Length == 0 ? found : null;

        Func<T, bool>? Any()
        {
            List<Func<T, bool>?> some = [All()];
            while (Takes("$or:")) some.Add(All());
            return some.Contains(null) ? null : row => some.Any(one => one!(row));
        }

        Func<T, bool>? All()
        {
            List<Func<T, bool>?> some = [One()];
            while (Takes("$and:")) some.Add(One());
            return some.Contains(null) ? null : row => some.All(one => one!(row));
        }

        Func<T, bool>? One()
        {
            if (Takes("(")) return Any() is { } inner && Takes(")") ? inner : null;
            var condition = Condition().Match(rest);
            if (!condition.Success || !fields.TryGetValue(condition.Groups["field"].Value, out var field)) return null;
            rest = rest[condition.Length..];
            var (op, text) = (condition.Groups["op"].Value, condition.Groups["value"].Value);
            return op != "$in:" ? row => Holds(field(row), op, text) : Numbers(text) is { } numbers ? row => field(row) is decimal number && numbers.Contains(number) : null;
        }

        bool Takes(string token)
        {
            if (!rest.StartsWith(token, StringComparison.Ordinal)) return false;
            rest = rest[token.Length..];
            return true;
        }
    }

    /// <summary>Null = no list of numbers, or too long a one.</summary>
    private static HashSet<decimal>? Numbers(string list)
    {
        if (list is not ['[', .. var inner, ']'] || inner.Split(',') is not { Length: <= MostValues } texts) return null;
        HashSet<decimal> numbers = [];
        foreach (var text in texts)
        {
            if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
            numbers.Add(number);
        }
        return numbers;
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

    [GeneratedRegex(@"^(?<field>[A-Za-z.]+)(?<op>\$(gte|lte|gt|lt|eq|ne|like|in):)(?<value>([^$()]|\$[$()*,])+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}
