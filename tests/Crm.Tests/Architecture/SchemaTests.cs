using System.Text.RegularExpressions;

namespace Crm.Tests.Architecture;

/// <summary>The schema scripts, as text: every row and every index belongs to a company first.</summary>
public sealed partial class SchemaTests
{
    public static TheoryData<string> Scripts => [.. Source.Files.Where(f => f.EndsWith(".sql", StringComparison.Ordinal) && f.Contains("/Schema/", StringComparison.Ordinal) && !Source.Relative(f).StartsWith("tests/", StringComparison.Ordinal)).Select(Source.Relative)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_company_comes_first_in_every_primary_key_and_index(string script)
    {
        var sql = Comments().Replace(File.ReadAllText(Path.Combine(Source.Root, script)), "");
        var tables = Tables().Matches(sql);
        // A script makes tables, or adds to one that is there.
        Assert.True(tables.Count > 0 || sql.Contains("alter table", StringComparison.Ordinal) || Indexes().IsMatch(sql), sql);
        Assert.Equal(Regex.Count(sql, "create table", RegexOptions.IgnoreCase), tables.Count);
        foreach (Match table in tables)
        {
            Assert.StartsWith("company bigint not null", table.Groups["columns"].Value.Trim(), StringComparison.Ordinal);
            Assert.True(KeyOfCompany().IsMatch(table.Groups["columns"].Value), table.Groups["name"].Value);
        }
        foreach (Match index in Indexes().Matches(sql)) Assert.Equal("company", index.Groups["first"].Value);
        Assert.Equal(Regex.Count(sql, @"create (unique )?index"), Indexes().Count(sql));
    }

    [Fact]
    public void Scripts_are_numbered_from_one_without_a_gap_in_every_folder()
    {
        foreach (var folder in Scripts.Select(s => s.Data).GroupBy(s => Path.GetDirectoryName(s)))
            Assert.Equal(Enumerable.Range(1, folder.Count()), folder.Select(f => int.Parse(Path.GetFileName(f).AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [GeneratedRegex(@"^\s*--(?!postgres:|sqlite:).*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"create table (?<name>\w+) \((?<columns>.*?)\)\s*(;|$|--(sqlite|postgres):|\n--)", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex(@"company bigint not null primary key|primary key \(company\b")]
    private static partial Regex KeyOfCompany();

    [GeneratedRegex(@"create (unique )?index \w+ on \w+ \((?<first>\w+)")]
    private static partial Regex Indexes();
}
