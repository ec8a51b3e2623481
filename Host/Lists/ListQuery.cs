using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Crm.Host.Lists;

/// <summary>One condition on a list.</summary>
/// <param name="Checking">SQL that is looked at on every row passed by.</param>
/// <param name="Probe">SQL that finds the numbers of its rows by an index of its own; null = the planner knows best.</param>
/// <param name="Column">The column that the checking form is about; null = none.</param>
internal sealed record Condition(string Checking, string? Probe = null, string? Column = null);

/// <summary>A key of the order.</summary>
internal sealed record SortBy(ListField Field, bool Descending);

/// <summary>What a caller asked of a list, read and checked.</summary>
internal sealed class ListQuery
{
    public const int CountCap = 1_000;

    private static readonly string[] Operators = ["gt", "gte", "lt", "lte", "all", "none"];
    private readonly List<Problem> _problems = [];

    public List<Condition> Conditions { get; } = [];

    /// <summary>Questions about rows, and the answers that are asked for. They become conditions by <see cref="Ask"/>.</summary>
    public List<(ListTest Test, bool Holds)> Questions { get; } = [];
    public List<Argument> Arguments { get; } = [];
    public List<SortBy> Sort { get; } = [];
    public int Limit { get; private set; } = 50;
    public string? Cursor { get; private set; }

    /// <summary>The row that the answer begins with, from 0: for scroll bars. Rows before it are walked over, so going on is a cursor's work.</summary>
    public int From { get; private set; }
    public bool ExactCount { get; private set; }

    /// <summary>What the cursor must have been made for.</summary>
    public string Fingerprint { get; private set; } = "";

    public Refusal? Refusal => _problems.Count == 0 ? null : Refusal.Malformed(_problems);

    /// <summary>Reads a query string; all that is wrong with it is in <see cref="Refusal"/>.</summary>
    public static ListQuery Read<TState>(ListOf<TState> list, IQueryCollection query, Call call, ISettings settings) where TState : class
    {
        var read = new ListQuery();
        var fields = list.Fields.ToDictionary(f => f.Name);
        var deleted = false;
        foreach (var (key, values) in query)
        {
            if (values.Any(v => v is null || v.Length > 1_000 || v.Contains('\0', StringComparison.Ordinal))) { read.Wrong(key, "filter.value", "The value is too long or not text."); continue; }
            switch (key)
            {
                case "limit": read.Limit = read.Whole(key, values, 1, 500) ?? 50; break;
                case "cursor": read.Cursor = values[^1]; break;
                case "from": read.From = read.Whole(key, values, 0, 10_000_000) ?? 0; break;
                case "count": read.ExactCount = read.OneOf(key, values, "exact", "capped") == "exact"; break;
                case "sort": read.ReadSort(values.ToString(), list); break;
                case "q" when list.SearchColumn is not null: read.AddSearch(list, values.ToString()); break;
                case "deleted" when list.Fields.Any(f => f.Name == "deleted"): deleted = read.OneOf(key, values, "true", "false") == "true"; break;
                default: read.AddFilter(list, fields, key, values, call, settings); break;
            }
        }
        if (read.Cursor is not null && read.From > 0) read.Wrong("from", "filter.value", "Give a cursor or from, not both.");
        if (list.Fields.Any(f => f.Name == "deleted")) read.Conditions.Insert(0, Column($"deleted = {(deleted ? 1 : 0)}"));
        if (list.Always is not null) read.Conditions.Insert(0, Column(list.Always));
        if (read.Sort.Count == 0) read.ReadSort(list.DefaultSort, list);
        read.Fingerprint = string.Join('&', query.Where(q => q.Key is not ("cursor" or "from" or "limit" or "count")).Select(q => $"{q.Key}={q.Value}").Order(StringComparer.Ordinal).Prepend($"{call.Company.Id}/{list.Name}"));
        return read;
    }

    /// <summary>Makes a question a condition.</summary>
    public void Ask(ListTest test, bool holds) => Conditions.Add(holds ? new(test.Holds, test.Numbers) : Column($"not {test.Holds}"));

    public void Wrong(string key, string code, string message) => _problems.Add(new($"/{key}", code, message));

    private static Condition Column(string sql, string? column = null) => new(sql, null, column);

    private void AddFilter<TState>(ListOf<TState> list, Dictionary<string, ListField> fields, string key, StringValues values, Call call, ISettings settings) where TState : class
    {
        var dot = key.LastIndexOf('.');
        var (name, op) = dot > 0 && Operators.Contains(key[(dot + 1)..]) ? (key[..dot], key[(dot + 1)..]) : (key, "");
        if (!fields.TryGetValue(name, out var field) || name == "deleted")
        {
            Wrong(key, "filter.unknown", $"There is no filter '{key}'. Known: {string.Join(", ", list.Fields.Select(f => f.Name).Order(StringComparer.Ordinal))}, q, sort, limit, cursor, from, count.");
            return;
        }
        if (field.Test is not null)
        {
            if (op.Length > 0) Wrong(key, "filter.operator", $"'{name}' takes no range.");
            else if (OneOf(key, values, "true", "false") is { } holds) Questions.Add((field.Test(settings), holds == "true"));
            return;
        }
        if (field.Contains)
        {
            if (op.Length > 0) Wrong(key, "filter.operator", $"'{name}' takes no range.");
            else AddContains(field, [.. values.Select(text => field.Fold(text!, settings)).Where(text => text.Length > 0)]);
            return;
        }
        string[] texts = [.. values.SelectMany(v => v!.Split(','))];
        if (op.Length == 0 && texts.Contains("any") && field.Type is not ColumnType.Instant)
        {
            if (texts.Length > 1) Wrong(key, "filter.any", "'any' means all rows that have a value, so it stands alone.");
            else AddAny(list, field);
            return;
        }
        List<object?> wanted = [];
        foreach (var text in texts)
        {
            if (text == "none" && op.Length == 0) wanted.Add(null);
            else if (field.Resolve is not null && field.Resolve(text, call, settings) is var resolved) { if (resolved is null) wanted.Add(""); else wanted.Add(resolved); }
            else if ((field.Type == ColumnType.Instant ? Instant(text, op, settings) : Value(field, text)) is { } value) wanted.Add(value);
            else { Wrong(key, "filter.value", $"'{name}' is {Kind(field)}."); return; }
        }
        if (field.IsTerm) AddTerms(list, field, op, wanted, key);
        else if (op is "gt" or "gte" or "lt" or "lte") AddRange(field, op, wanted, key);
        else if (field.Type == ColumnType.Instant) Wrong(key, "filter.operator", $"'{name}' is an instant: use {name}.gte=… and {name}.lt=…");
        else if (op.Length > 0) Wrong(key, "filter.operator", $"'{name}' has one value: use {name}=…");
        else
        {
            var (some, none) = (wanted.Where(w => w is not null).ToArray(), wanted.Contains(null));
            var any = some.Length == 0 ? null : $"{field.Column} in ({string.Join(", ", some.Select(Bind))})";
            Conditions.Add(Column(none ? any is null ? $"{field.Column} is null" : $"({any} or {field.Column} is null)" : any!, field.Column));
        }
    }

    /// <summary>Rows that have a value at all.</summary>
    private void AddAny<TState>(ListOf<TState> list, ListField field) where TState : class
    {
        if (!field.IsTerm) { Conditions.Add(Column($"{field.Column} is not null", field.Column)); return; }
        Conditions.Add(Column($"exists (select 1 from {list.Entity.TermTable} t where t.company = @company and t.field = {Bind(field.Name)} and t.number = {list.Entity.Table}.number)"));
    }

    private void AddRange(ListField field, string op, List<object?> wanted, string key)
    {
        if (wanted.Count != 1 || wanted[0] is null || field.Type is ColumnType.Text or ColumnType.Flag) { Wrong(key, "filter.operator", $"'{field.Name}' takes no such range."); return; }
        var sign = op switch { "gt" => ">", "gte" => ">=", "lt" => "<", _ => "<=" };
        Conditions.Add(Column($"{field.Column} {sign} {Bind(wanted[0])}", field.Column));
    }

    private void AddTerms<TState>(ListOf<TState> list, ListField field, string op, List<object?> wanted, string key) where TState : class
    {
        if (op is not ("" or "all" or "none")) { Wrong(key, "filter.operator", $"'{field.Name}' takes no range."); return; }
        var (terms, table) = (list.Entity.TermTable!, list.Entity.Table);
        var name = Bind(field.Name);
        string Numbers(string values) => $"select number from {terms} where company = @company and field = {name}{values}";
        string Exists(string values) => $"exists (select 1 from {terms} t where t.company = @company and t.field = {name}{values} and t.number = {table}.number)";
        if (op == "all")
        {
            foreach (var value in wanted) { var v = $" and value = {Bind(value)}"; Conditions.Add(new(Exists(v), Numbers(v))); }
            return;
        }
        var some = wanted.Where(w => w is not null).ToArray();
        var any = some.Length == 0 ? null : $" and value in ({string.Join(", ", some.Select(Bind))})";
        if (op == "none") Conditions.Add(Column($"not {Exists(any!)}"));
        else if (!wanted.Contains(null)) Conditions.Add(new(Exists(any!), Numbers(any!)));
        else Conditions.Add(Column(any is null ? $"not {Exists("")}" : $"({Exists(any)} or not {Exists("")})"));
    }

    private void AddContains(ListField field, string[] folded)
    {
        // Words of signs alone fold to nothing and are found nowhere: a filter never widens.
        if (folded.Length == 0) Conditions.Add(Column("1 = 0"));
        else Conditions.Add(Column($"({string.Join(" or ", folded.Select(text => $"{field.Column} like {Bind(Like(text))} escape '\\'"))})", field.Column));
    }

    private void AddSearch<TState>(ListOf<TState> list, string text) where TState : class
    {
        if (text.Trim().Length == 0) return;
        var folded = list.Fold(text.Trim());
        if (folded.Length == 0) { Conditions.Add(Column("1 = 0")); return; }
        var like = $"like {Bind(Like(folded))} escape '\\'";
        var (table, terms) = (list.Entity.Table, list.Entity.TermTable);
        var live = list.Fields.Any(f => f.Name == "deleted") ? " and deleted = 0" : "";
        var numbers = $"select number from {table} where company = @company{live} and {list.SearchColumn} {like}";
        var check = $"{list.SearchColumn} {like}";
        if (terms is not null)
        {
            numbers += $" union all select number from {terms} where company = @company and field = 'search' and value {like}";
            check = $"({check} or exists (select 1 from {terms} t where t.company = @company and t.field = 'search' and t.value {like} and t.number = {table}.number))";
        }
        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var exact = Bind(number);
            numbers += $" union all select number from {table} where company = @company{live} and number = {exact}";
            check = $"({check} or number = {exact})";
        }
        Conditions.Add(new(check, numbers));
    }

    private void ReadSort<TState>(string text, ListOf<TState> list) where TState : class
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var descending = part[0] == '-';
            var field = list.Fields.FirstOrDefault(f => f.Name == (descending ? part[1..] : part) && f.Sorts && f.Column is not null);
            if (field is null) Wrong("sort", "sort.unknown", $"The list cannot be sorted by '{part}'. Known: {string.Join(", ", list.Fields.Where(f => f.Sorts && f.Column is not null).Select(f => f.Name).Order(StringComparer.Ordinal))}.");
            else if (Sort.All(s => s.Field != field)) Sort.Add(new(field, descending));
        }
    }

    private string Bind(object? value)
    {
        Arguments.Add(new($"p{Arguments.Count}", value));
        return $"@p{Arguments.Count - 1}";
    }

    private static object? Value(ListField field, string text) => field.Type switch
    {
        ColumnType.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        ColumnType.Amount => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) <= Money.Limit ? (long)(amount * 10_000m) : null,
        ColumnType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
        ColumnType.Flag => text switch { "true" => 1L, "false" => 0L, _ => null },
        _ => text,
    };

    /// <summary>An instant (RFC 3339), or the begin or end of a day in the company's time zone, whichever the comparison means.</summary>
    private static long? Instant(string text, string op, ISettings settings)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? Micros.Of(instant) : null;
        if (day.Year is < 1900 or > 2199) return null;
        var company = settings.Get<CompanyProfile>();
        return op is "gt" or "lte" ? Micros.Of(company.StartOf(day.AddDays(1))) - 1 : Micros.Of(company.StartOf(day));
    }

    private static string Kind(ListField field) => field.Type switch
    {
        ColumnType.Instant => "a date, or an instant such as 2026-03-07T10:00:00Z",
        ColumnType.Number => "a whole number", ColumnType.Amount => "an amount such as 1000.01", ColumnType.Date => "a date such as 2026-03-07", ColumnType.Flag => "true or false", _ => "a text",
    };

    private static string Like(string folded) => $"%{folded.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private int? Whole(string key, StringValues values, int least, int most)
    {
        if (int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Wrong(key, "filter.value", $"'{key}' is a whole number from {least} to {most}.");
        return null;
    }

    private string? OneOf(string key, StringValues values, params string[] words)
    {
        if (words.Contains(values.ToString())) return values.ToString();
        Wrong(key, "filter.value", $"'{key}' is {string.Join(" or ", words)}.");
        return null;
    }
}
