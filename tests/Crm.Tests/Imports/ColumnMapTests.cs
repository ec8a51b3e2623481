using Crm.Contracts;
using Crm.Imports;

namespace Crm.Tests.Importing;

public sealed class ColumnMapTests
{
    private static readonly ImportField[] Fields =
        [new("name", "Name", ["Företagsnamn", "Navn"]), new("addresses.visiting.street", "Street", ["Gade/vej"]), new("email", "E-mail", ["Sähköposti"])];

    [Theory]
    [InlineData("NAME", "name")]
    [InlineData("foretags-namn", "name")]
    [InlineData("Fo\u0308retagsnamn", "name")]
    [InlineData("  E - Mail: ", "email")]
    [InlineData("SÄHKÖPOSTI", "email")]
    [InlineData("gade vej", "addresses.visiting.street")]
    [InlineData("addresses.visiting.street", "addresses.visiting.street")]
    public void Case_accents_spaces_and_punctuation_do_not_matter(string heading, string field) =>
        Assert.Equal(field, Assert.Single(ColumnMap.Propose([heading], Fields).Columns).Key);

    [Fact]
    public void Unknown_columns_and_second_columns_are_listed()
    {
        var map = ColumnMap.Propose(["Navn", "Shoe size", "Name", "", "Names"], Fields);
        Assert.Equal(["name"], map.Columns.Keys);
        Assert.Equal(0, map.Columns["name"]);
        Assert.Equal(["Shoe size", "", "Names"], map.Unmapped);
        Assert.Equal([new DuplicateColumn(2, "Name", "name")], map.Duplicates);
        Assert.Empty(map.Problems);
    }

    [Fact]
    public void The_callers_mapping_wins_over_synonyms()
    {
        var map = ColumnMap.Propose(["Name", "Alias", "E-mail"], Fields, new Dictionary<string, string?> { ["alias"] = "name", ["E-mail"] = null });
        Assert.Equal(new Dictionary<string, int> { ["name"] = 1 }, map.Columns);
        Assert.Equal([new DuplicateColumn(0, "Name", "name")], map.Duplicates);
        Assert.Empty(map.Unmapped);
    }

    [Fact]
    public void The_callers_mapping_is_checked()
    {
        var map = ColumnMap.Propose(["Name"], Fields, new Dictionary<string, string?> { ["Nickname"] = "name", ["Name"] = "nickname" });
        Assert.Equal(["import.map.unknownHeading", "import.map.unknownField"], map.Problems.Select(problem => problem.Code));
        Assert.Contains("addresses.visiting.street", map.Problems[1].Detail, StringComparison.Ordinal);
        Assert.Equal(["name"], map.Columns.Keys);
    }

    [Fact]
    public void Two_columns_the_caller_maps_to_one_field_are_told()
    {
        var map = ColumnMap.Propose(["B", "A"], Fields, new Dictionary<string, string?> { ["A"] = "name", ["B"] = "name" });
        Assert.Equal(0, map.Columns["name"]);
        Assert.Equal([new DuplicateColumn(1, "A", "name")], map.Duplicates);
    }

    [Fact]
    public void An_exact_heading_is_found_before_a_similar_one()
    {
        var map = ColumnMap.Propose(["x-1", "x1"], Fields, new Dictionary<string, string?> { ["x1"] = "name" });
        Assert.Equal(1, map.Columns["name"]);
        Assert.Equal(["x-1"], map.Unmapped);
    }

    [Fact]
    public void The_text_of_a_field_is_trimmed_and_absent_when_blank_or_missing()
    {
        var map = ColumnMap.Propose(["Name", "Street", "E-mail"], Fields);
        var row = new CsvRow(2, [" Volvo ", "  "]);
        Assert.Equal("Volvo", map.Text(row, "name"));
        Assert.Null(map.Text(row, "addresses.visiting.street"));
        Assert.Null(map.Text(row, "email"));
        Assert.Null(map.Text(row, "parent"));
    }
}
