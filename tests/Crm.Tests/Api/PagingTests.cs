using System.Text;
using System.Text.Json;

namespace Crm.Tests.Api;

public sealed class PagingTests(OneApp app)
{
    private static readonly string[] Sorts = ["number", "name", "country", "organisationNumber", "vatNumber", "stage", "creditLimit", "owner", "department", "industry", "employees", "city", "parent", "balance", "latestDelivery", "uninvoiced"];

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<OneApp, Lazy<Task<TestCompany>>> Companies = [];

    /// <summary>120 partners, many of them alike, some without anything.</summary>
    private Task<TestCompany> Many => Companies.GetValue(app, a => new(() => FillAsync(a))).Value;

    public static TheoryData<string> Orders => [.. Sorts, .. Sorts.Select(s => $"-{s}"), "stage,-creditLimit", "-country,owner,-name", "employees,-city,stage", "-owner,stage"];

    [Theory]
    [Trait("Requirement", "R34")]
    [MemberData(nameof(Orders))]
    public async Task Walking_all_pages_of_any_size_gives_every_row_once_and_in_order(string sort)
    {
        var company = await Many;
        var whole = (await company.GetAsync($"partners?limit=500&sort={sort}")).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(120, whole.Length);
        AssertOrdered(whole, sort.Split(',')[0]);
        var random = new Random(sort.GetHashCode(StringComparison.Ordinal));
        Assert.Equal(whole.Select(Number), await WalkAsync(company, $"partners?sort={sort}", () => random.Next(1, 60)));
    }

    [Theory]
    [InlineData("stage=lost,active&sort=-name")]
    [InlineData("tag=t1&sort=owner,-employees")]
    [InlineData("q=åfirm&sort=-stage,city")]
    [InlineData("tag.none=t1&country=SE,DK&sort=creditLimit")]
    [InlineData("stage=none&sort=stage")]
    public async Task So_does_walking_a_filtered_list(string query)
    {
        var company = await Many;
        var page = (await company.GetAsync($"partners?limit=500&{query}")).Body;
        var whole = page.GetProperty("items").EnumerateArray().Select(Number).ToArray();
        Assert.True(whole.Length is > 5 and < 120, $"{whole.Length}");
        Assert.Equal((whole.Length, true), (page.GetProperty("count").GetInt32(), page.GetProperty("countIsExact").GetBoolean()));
        var random = new Random(7);
        Assert.Equal(whole, await WalkAsync(company, $"partners?{query}", () => random.Next(1, 9)));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-creditLimit")]
    [InlineData("stage,-employees")]
    [InlineData("owner")]
    public async Task Rows_that_do_not_change_are_neither_skipped_nor_repeated_while_others_do(string sort)
    {
        var company = await app.CompanyAsync();
        await company.ImportAsync("Name;Country;Stage;Credit limit;Employees;Currency\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"Firm {i % 7};SE;{(i % 3 == 0 ? "" : i % 3 == 1 ? "lost" : "active")};{(i % 4 == 0 ? "" : $"{i % 5}")};{i % 6};SEK\n")));
        var all = (await company.GetAsync("partners?limit=500")).Body.GetProperty("items").EnumerateArray().Select(Number).ToArray();
        var moving = all.Where(n => n % 5 == 0).ToArray();
        var (random, step) = (new Random(3), 0);
        var walked = await WalkAsync(company, $"partners?sort={sort}", () => random.Next(3, 9), async () =>
        {
            var number = moving[step++ % moving.Length];
            await company.PatchAsync($"partners/{number}", $$$"""{"name":"Moved {{{random.Next(99)}}}","stage":"{{{(step % 2 == 0 ? "lost" : "prospect")}}}","employees":{{{random.Next(50)}}},"creditLimit":{"amount":{{{random.Next(9)}}}}}""");
            if (step % 3 == 0) await company.PartnerAsync($"New {step}");
        });
        var still = walked.Where(n => all.Contains(n) && !moving.Contains(n)).ToArray();
        Assert.Equal(all.Except(moving).Order(), still.Order());
        Assert.Equal(still.Length, still.Distinct().Count());
    }

    [Fact]
    public async Task Names_come_in_the_alphabet_of_the_company()
    {
        var company = await app.CompanyAsync();
        foreach (var name in new[] { "Öx", "Zebra", "Ärlig", "Adam", "Ål", "adam B" }) await company.PartnerAsync(name);
        Assert.Equal("Adam adam B Zebra Ål Ärlig Öx", await company.NamesAsync("partners?sort=name"));
        Assert.Equal("Öx Ärlig Ål Zebra adam B Adam", await company.NamesAsync("partners?sort=-name"));
    }

    [Fact]
    [Trait("Requirement", "R34")]
    public async Task Stages_come_in_the_order_of_the_company_and_rows_without_one_last()
    {
        var company = await app.CompanyAsync();
        foreach (var stage in new[] { "", "\"stage\":\"lost\"", "\"stage\":\"active\"", "\"stage\":\"prospect\"" }) await company.PartnerAsync(stage.Length == 0 ? "none" : stage.Split('"')[3], stage);
        Assert.Equal("active prospect lost none", await company.NamesAsync("partners?sort=stage"));
        Assert.Equal("lost prospect active none", await company.NamesAsync("partners?sort=-stage"));
        await company.PatchAsync("stages/lost", """{"position":1}""");
        Assert.Equal("lost active prospect none", await company.NamesAsync("partners?sort=stage"));
        await company.DeleteAsync("stages/active");
        await company.DeleteAsync("stages/lost");
        Assert.Equal(4, (await company.GetAsync("partners?sort=stage")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Counts_are_exact_up_to_a_thousand_and_above_on_demand()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country;Stage\n" + string.Concat(Enumerable.Range(0, 1_003).Select(i => $"Firm {i};SE;{(i < 1_000 ? "lost" : "active")}\n")));
        Assert.Equal(1_003, (await company.FinishedAsync(import)).GetProperty("changed").GetInt64());
        async Task<(long, bool)> CountAsync(string query) => (await company.GetAsync($"partners/overview?limit=1&{query}")).Body is var b ? (b.GetProperty("count").GetInt64(), b.GetProperty("countIsExact").GetBoolean()) : default;
        Assert.Equal((1_000, false), await CountAsync(""));
        Assert.Equal((1_003, true), await CountAsync("count=exact"));
        Assert.Equal((1_000, true), await CountAsync("stage=lost"));
        Assert.Equal((3, true), await CountAsync("stage=active"));
        Assert.Equal((1_000, false), await CountAsync("q=firm"));
        Assert.Equal((0, true), await CountAsync("q=nothing"));
        Assert.Equal(1_003, (await WalkAsync(company, "partners/overview?sort=-name", () => 500)).Distinct().Count());
        Assert.Equal(1_003, (await WalkAsync(company, "partners/overview?q=firm&sort=stage,name", () => 333)).Distinct().Count());
    }

    [Fact]
    public async Task A_cursor_is_of_no_use_for_another_list_order_filter_or_company()
    {
        var company = await Many;
        var cursor = (await company.GetAsync("partners?sort=name&limit=2")).Body.GetProperty("next").GetString();
        foreach (var other in new[] { "partners?sort=-name", "partners?sort=name&stage=lost", "partners/overview?sort=name", "operations?sort=number", "partners" })
            Steps.AssertProblem(await company.GetAsync($"{other}{(other.Contains('?', StringComparison.Ordinal) ? "&" : "?")}cursor={cursor}"), 400, "cursor.invalid");
        var another = await app.CompanyAsync();
        await another.PartnerAsync("X");
        Steps.AssertProblem(await another.GetAsync($"partners?sort=name&limit=2&cursor={cursor}"), 400, "cursor.invalid");
    }

    private static void AssertOrdered(JsonElement[] rows, string sort)
    {
        var (name, down) = (sort.TrimStart('-'), sort[0] == '-');
        if (name is "balance" or "latestDelivery" or "uninvoiced") Assert.Equal(rows.Select(Number).Order(), down ? rows.Select(Number).Reverse() : rows.Select(Number));
        if (name is not ("number" or "employees" or "creditLimit" or "parent" or "country" or "organisationNumber")) return;
        var values = rows.Select(r => name == "creditLimit" ? (r.GetProperty(name).ValueKind == JsonValueKind.Null ? null : r.GetProperty(name).GetProperty("amount").GetDecimal()) : r.GetProperty(name) is var v && v.ValueKind == JsonValueKind.Null ? null
            : v.ValueKind == JsonValueKind.Number ? v.GetDecimal() : (IComparable?)v.GetString()).ToArray();
        var some = values.TakeWhile(v => v is not null).ToArray();
        Assert.All(values[some.Length..], Assert.Null);
        for (var i = 1; i < some.Length; i++)
        {
            var compared = some[i] is string text ? string.CompareOrdinal((string)some[i - 1]!, text) : some[i - 1]!.CompareTo(some[i]);
            Assert.True(down ? compared >= 0 : compared <= 0, $"{some[i - 1]} {some[i]}");
        }
    }

    private static async Task<List<long>> WalkAsync(TestCompany company, string path, Func<int> size, Func<Task>? between = null)
    {
        List<long> numbers = [];
        string? cursor = null;
        do
        {
            var page = await company.GetAsync($"{path}&limit={size()}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(page.Status == System.Net.HttpStatusCode.OK, page.Body.ToString());
            numbers.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(Number));
            cursor = page.Body.GetProperty("next").GetString();
            if (between is not null) await between();
        }
        while (cursor is not null);
        return numbers;
    }

    private static long Number(JsonElement row) => row.GetProperty("number").GetInt64();

    private static async Task<TestCompany> FillAsync(OneApp app)
    {
        var company = await app.CompanyAsync();
        await company.UserAsync("Bo");
        await company.UserAsync("Åsa");
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        await company.PostAsync("departments", new { id = "care", name = "Care" });
        var random = new Random(1);
        string Any(params string[] values) => values[random.Next(values.Length)];
        StringBuilder csv = new("Name;Country;Organisation no.;Stage;Credit limit;Currency;Tags;Industry;Employees;City;Owner;Department;Parent\n");
        for (var i = 0; i < 120; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Any("Firm", "firm", "Åfirm", "Firm Ö", "Öfirm")} {random.Next(9)};{Any("SE", "DK", "NO", "FI", "DE")};;");
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Any("", "lost", "active", "prospect")};{Any("", "0", "10,50", "10,5", "999999,99")};SEK;{Any("", "t1", "t2", "t1,t2")};{Any("", "a", "c", "j")};{Any("", "0", "7", "1000")};{Any("", "Ystad", "Åre", "Oslo")};{Any("", "Bo", "Åsa")};{Any("", "sales", "care")};\n");
        }
        var import = await company.ImportAsync(csv.ToString());
        Assert.Equal(120, (await company.FinishedAsync(import)).GetProperty("changed").GetInt64());
        for (var i = 0; i < 12; i++) await company.PatchAsync($"partners/{1001 + (i * 9)}", $$"""{"parent":{{1002 + (i % 3)}},"country":"DE","organisationNumber":"HRB {{i % 5}}"}""");
        return company;
    }
}
