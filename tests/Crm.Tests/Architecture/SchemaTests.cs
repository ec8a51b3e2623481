using System.Security.Cryptography;
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

    [Theory]
    [InlineData("Host/Storage/Schema/001-core.sql", "bed1f185d9e0e85042fd99f88f4e3c86171f1e431a7b40c414643951e2b8a064")]
    [InlineData("Host/Storage/Schema/002-totals.sql", "bf233e1767c482797182e24ae11b19796c86de08ee71f5b7c4158e29190cec4f")]
    [InlineData("Modules/Accounting/Schema/001-accounting.sql", "d14d6999f7d84a18f5744a3012d405e56e4a2b96c4cdbc6b1b21487f509bbf76")]
    [InlineData("Modules/Accounting/Schema/002-settings.sql", "fdc609b5c970e84e655ca0bd7e603e805ac21e2e741377571a8e33216d103d11")]
    [InlineData("Modules/Accounting/Schema/003-orders.sql", "459e0ee2119bd8dfaea4d36a1b652b68dc016df8a03c235ec3b04650120d6c85")]
    [InlineData("Modules/Accounting/Schema/004-billing.sql", "2c319e5384f08ff5d8c84bcb3abe7531ca3a51a7e2ac1211857868ec42ad056a")]
    [InlineData("Modules/Accounting/Schema/005-pushes.sql", "416be23443e5dbd6726282211ca810a527f97591d4145cff68cbbc4ee085885c")]
    [InlineData("Modules/Accounting/Schema/006-unpaid.sql", "e84255f4efb913071027c14575421b461f65db4751781c73444ca3b25bf7c81d")]
    [InlineData("Modules/Cases/Schema/001-cases.sql", "c064f031954b2d2cdc1847fe83265d8129d760cac72236ca271c2a6a27f904ef")]
    [InlineData("Modules/Cases/Schema/002-partners.sql", "18f125ead9747633f6bfa64a0dcdf69cb28219837541cd419cb315d972c2d08d")]
    [InlineData("Modules/Cases/Schema/003-sums.sql", "d8703145696da43d68e2a43f575ec5d25667f7e9bc9d6e2bcbf97f62d3853935")]
    [InlineData("Modules/Companies/Schema/001-companies.sql", "c891a7cbe0d443246c711f5d6a2a023f1ce6e81633c5eec552d0787bda402c54")]
    [InlineData("Modules/Integrations/Schema/001-integrations.sql", "5952767f00b8220d21cd53f810c9ef23377d2b5f9de462a0e9110bf7e624dc19")]
    [InlineData("Modules/Integrations/Schema/002-requests.sql", "21300e38e2563e0a29bbadfd55f9dcc6de50e98a8b90b0508506a26d2cf54a4c")]
    [InlineData("Modules/Integrations/Schema/003-tokens.sql", "8bd690ebd8fab062a9147072b542aecce3136ed16e2c7fd9e68ab427339b5db6")]
    [InlineData("Modules/Integrations/Schema/004-consents.sql", "b453ae72e7254ad6257b7e3b792040746cf2f97e559abbd503c86974ce628404")]
    [InlineData("Modules/Operations/Schema/001-operations.sql", "299f3fc8e753c350bdbd8260fee410ccb8d83a25ac4d6706ff80c030be5f340d")]
    [InlineData("Modules/Orders/Schema/001-orders.sql", "b5162e469c0b52089372b67ed68dca880ddc3499bc7ec3e7875496c19aa0a900")]
    [InlineData("Modules/Partners/Schema/001-partners.sql", "2711d1cbcfa1b398cc6477993da3976cbcbd59b86ff1fceddee6d729988e9cf0")]
    [InlineData("Modules/Partners/Schema/002-name.sql", "e0aa5729c75d6703c3dda415adb421178d43ceb34e3710969a858357f1e8a6db")]
    [InlineData("Modules/Partners/Schema/003-limit.sql", "4bf9ebb8413faa65e62f9eebc61e25468650eb69b64eb2351e6f49f597083e94")]
    [InlineData("Modules/Partners/Schema/004-exposure.sql", "73cdcd56c4c83351fb53695a1d0c1e68b0836bd075fa3da4e6b4f57555f11cf0")]
    [InlineData("Modules/Partners/Schema/005-balances.sql", "713826bd60ca1f9af8db7a3a0ca29b25ded8a75ab505038ae2ee5a682674c41d")]
    [InlineData("Modules/Partners/Schema/006-balance-age.sql", "1e26ef2e98e2b6fa46c18910798fa01b85be1cdfaa42e24f1e9a12adb91ce0a6")]
    [InlineData("Modules/Partners/Schema/007-invoiced.sql", "a970e7f1371336940ef3dbd500770f7e996f5f7d59c1713c7dd2912af815c298")]
    [InlineData("Modules/Rates/Schema/001-rates.sql", "c834c73445a5d9699b2e4fe555231eed43917f545dd88ebba5a63c9a34aa66e6")]
    [InlineData("Modules/Registers/Schema/001-answers.sql", "8e5bc5b5e69912eea285d9cc78fe857992b02375ab52a26a156b46e1abd32997")]
    [InlineData("Modules/Views/Schema/001-views.sql", "864d7a527c41d63ae101efbc1ebb679774cde0b26e3133a01b301c335631f32f")]
    public void A_script_that_has_landed_is_never_changed(string script, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Source.Root, script)))));

    [GeneratedRegex(@"^\s*--(?!postgres:|sqlite:).*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"create table (?<name>\w+) \((?<columns>.*?)\)\s*(;|$|--(sqlite|postgres):|\n--)", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex(@"company bigint not null primary key|primary key \(company\b")]
    private static partial Regex KeyOfCompany();

    [GeneratedRegex(@"create (unique )?index \w+ on \w+ \((?<first>\w+)")]
    private static partial Regex Indexes();
}
