using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.StandIns;

/// <summary>The part of OData's filters that is needed here: comparisons with <c>and</c> and <c>or</c>.</summary>
internal static partial class VismaFilters
{
    public static Dictionary<string, Func<BookCustomer, IComparable?>> Customers(Visma visma)
    {
        Dictionary<string, Func<BookCustomer, IComparable?>> fields = new() { ["ChangedUtc"] = c => c.ChangedAt, ["Name"] = c => c.Name, ["CustomerNumber"] = c => Books.Text(c.Number) };
        if (visma.FiltersEverything) (fields["UnpaidInvoicesAmount"], fields["CorporateIdentityNumber"]) = (c => visma.Documents.UnpaidBy(c), c => FortnoxDocuments.Dashed(c.OrganisationNumber));
        return fields;
    }

    public static Dictionary<string, Func<BookInvoice, IComparable?>> Invoices { get; } = new() { ["RemainingAmount"] = i => decimal.Round(i.Balance * i.Rate, 2), ["InvoiceNumber"] = i => (decimal)i.Number };

    public static Dictionary<string, Func<BookInvoice, IComparable?>> Ledger(bool isFilterable) => isFilterable ? new() { ["RemainingAmountInvoiceCurrency"] = i => i.Balance } : [];

    /// <summary>Null = it is not understood.</summary>
    public static Func<T, bool>? Parse<T>(string filter, IReadOnlyDictionary<string, Func<T, IComparable?>> fields)
    {
        List<List<Func<T, bool>>> either = [];
        foreach (var part in filter.Split(" or "))
        {
            List<Func<T, bool>> all = [];
            foreach (var condition in part.Split(" and "))
            {
                if (Comparison().Match(condition) is not { Success: true } found || !fields.TryGetValue(found.Groups[1].Value, out var field)) return null;
                all.Add(row => Holds(field(row), found.Groups[2].Value, found.Groups[3].Value.Trim('\'')));
            }
            either.Add(all);
        }
        return row => either.Any(all => all.All(c => c(row)));
    }

    private static bool Holds(IComparable? value, string op, string text)
    {
        var order = value switch
        {
            decimal number => number.CompareTo(decimal.Parse(text, CultureInfo.InvariantCulture)),
            DateTimeOffset at => at.CompareTo(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
            _ => string.Compare($"{value}", text, StringComparison.OrdinalIgnoreCase),
        };
        return op switch { "eq" => order == 0, "ne" => order != 0, "gt" => order > 0, "ge" => order >= 0, "lt" => order < 0, _ => order <= 0 };
    }

    [GeneratedRegex(@"^(\w+) (eq|ne|gt|ge|lt|le) (.+)$")]
    private static partial Regex Comparison();
}
