using System.Net;
using System.Text;
using System.Text.Json;

namespace Crm.Tests.Api;

public sealed class ImportTests(OneApp app)
{
    private static readonly byte[] Nordic = ReadNordic();

    [Fact]
    public async Task A_file_of_real_Nordic_companies_comes_in_whole_and_a_second_time_changes_nothing()
    {
        var company = await app.CompanyAsync();
        var first = await company.FinishedAsync(await company.ImportAsync(Nordic));
        Assert.Equal(("done", 37, 0, 37), (first.GetProperty("state").GetString(), first.GetProperty("changed").GetInt32(), first.GetProperty("skippedCount").GetInt32(), first.GetProperty("progress").GetProperty("done").GetInt32()));
        var rows = (await company.GetAsync("partners?limit=500")).Body.GetProperty("items").EnumerateArray().ToArray();
        var lines = Encoding.UTF8.GetString(Nordic).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(';')).ToArray();
        Assert.Equal(lines.Select(l => l[0]), rows.Select(r => r.GetProperty("name").GetString()));
        foreach (var (line, row) in lines.Zip(rows))
        {
            Assert.Equal(line[1], row.GetProperty("country").GetString());
            Assert.Equal(Digits(line[2]), Digits(row.GetProperty("organisationNumber").GetString()!));
            Assert.Equal(line[5], row.GetProperty("addresses").GetProperty("visiting").GetProperty("city").GetString());
            Assert.Equal(line[6], string.Join(", ", row.GetProperty("relations").EnumerateArray().Select(r => r.GetString())));
            Assert.Equal(line[9], string.Join(',', row.GetProperty("tags").EnumerateArray().Select(t => t.GetString())));
            Assert.Equal(line[10], row.GetProperty("invoicing").GetProperty("email").GetString());
            Assert.Equal(line[11].ToLowerInvariant(), row.GetProperty("stage").ValueKind == JsonValueKind.Null ? "" : row.GetProperty("stage").GetProperty("key").GetString());
            if (line[7].Length == 0) Assert.Equal(JsonValueKind.Null, row.GetProperty("creditLimit").ValueKind);
            else Assert.Equal((decimal.Parse(line[7].Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture), line[8]), (row.GetProperty("creditLimit").GetProperty("amount").GetDecimal(), row.GetProperty("creditLimit").GetProperty("currency").GetString()));
        }
        Assert.Contains(rows, r => "åäöø".Any(c => r.GetRawText().Contains(c, StringComparison.Ordinal)));

        var end = await Partners(company);
        var again = await company.ImportAsync(Nordic);
        Assert.Equal(("done", 0), ((await company.FinishedAsync(again)).GetProperty("state").GetString(), (await company.FinishedAsync(again)).GetProperty("changed").GetInt32()));
        Assert.All(await company.ResultAsync(again), line => Assert.Equal("unchanged", line[1]));
        Assert.Equal(end, await Partners(company));
    }

    [Fact]
    public async Task A_changed_cell_changes_the_partner_with_that_organisation_number_and_an_empty_cell_nothing()
    {
        var company = await app.CompanyAsync();
        await company.ImportAsync("Name;Country;Organisation no.;City;Stage\nVolvo;SE;556012-5790;Göteborg;Lost\nEricsson;SE;556016-0680;Stockholm;Active\n");
        var import = await company.ImportAsync("Company;Country;Org no;City;Stage\nVolvo AB;SE;5560125790;;Potential\nEricsson;SE;SE556016068001;Stockholm;\n");
        var result = await company.ResultAsync(import);
        Assert.Equal(["updated", "refused"], result.Select(l => l[1]).Select(r => r is "unchanged" ? "refused" : r));
        var volvo = (await company.GetAsync("partners/1001")).Body;
        Assert.Equal(("Volvo AB", "potential", "Göteborg"), (volvo.GetProperty("name").GetString(), volvo.GetProperty("stage").GetProperty("key").GetString(), volvo.GetProperty("addresses").GetProperty("visiting").GetProperty("city").GetString()));
        Assert.Equal(2, (await company.GetAsync("partners")).Body.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_row_and_column_and_the_other_rows_come_in()
    {
        var company = await app.CompanyAsync();
        const string csv = "Namn;Land;Org.nr;Kreditgräns;Valuta;Anställda;Moderbolag\nGood AB;SE;556012-5790;1 000,50;SEK;5;\n;SE;;;;;\nBad number;SE;556012-5791;;;;\nBad amount;SE;;tusen;SEK;;\nBad country;Ruritania;;;;;\nBad staff;SE;;;;många;\nBad parent;SE;;;;;4711\nShort;SE\nLast AB;DK;;;;;\n";
        var import = await company.ImportAsync(csv);
        var operation = await company.FinishedAsync(import);
        Assert.Equal((2, 7), (operation.GetProperty("changed").GetInt32(), operation.GetProperty("skippedCount").GetInt32()));
        var result = await company.ResultAsync(import);
        Assert.Equal(
            ["2:created::", "3:refused:Namn:partner.name.required", "4:refused:Org.nr:partner.organisationNumber.invalid", "5:refused:Kreditgräns:amount.invalid", "6:refused:Land:partner.country.unknown", "7:refused:Anställda:number.invalid", "8:refused:Moderbolag:partner.parent.unknown", "9:refused::import.row.tooFewCells", "10:created::"],
            result.Where(l => l[4] != "text.tooLong").Select(l => $"{l[0]}:{l[1]}:{l[3]}:{l[4]}"));
        Assert.Equal("Good AB Last AB", await company.NamesAsync("partners"));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], operation.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("number").GetInt32()));
        var view = (await company.GetAsync($"imports/{import}")).Body;
        Assert.Equal((";", true, 0), (view.GetProperty("format").GetProperty("separator").GetString(), view.GetProperty("format").GetProperty("decimalComma").GetBoolean(), view.GetProperty("unmapped").GetArrayLength()));
    }

    [Theory]
    [InlineData("A;SE;\"open", "import.row.quoteNotClosed")]
    [InlineData("A;SE;\"a\"b", "import.row.textAfterQuote")]
    [InlineData("A;SE;1;2", "import.row.tooManyCells")]
    [InlineData("A;SE;pigeon", "partner.invoicing.type.unknown")]
    public async Task A_row_that_cannot_be_read_says_why(string row, string code)
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync($"Name;Country;Invoice type\nGood;SE;paper\n{row}\n");
        Assert.Equal(["created", code], (await company.ResultAsync(import)).Select(l => l[1] == "created" ? l[1] : l[4]));
    }

    [Fact]
    public async Task Undo_deletes_what_was_made_and_restores_what_was_changed_and_redo_brings_it_back()
    {
        var company = await app.CompanyAsync();
        var kept = await company.PartnerAsync("Volvo", "\"organisationNumber\":\"556012-5790\",\"stage\":\"lost\"");
        var before = (await company.GetAsync($"partners/{kept}")).Body;
        var import = await company.ImportAsync("Name;Country;Org no;Stage;Tags\nVolvo AB;SE;556012-5790;Active;fresh\nNew AB;SE;556016-0680;Potential;fresh\nThird AB;SE;;;\n");
        var after = (await company.GetAsync("partners?sort=number")).Body.GetProperty("items");
        Assert.Equal(HttpStatusCode.Accepted, (await company.PostAsync($"operations/{import}/undo")).Status);
        var undone = await company.FinishedAsync(import);
        Assert.Equal(("undone", 0), (undone.GetProperty("state").GetString(), undone.GetProperty("skippedCount").GetInt32()));
        Assert.Equal("Volvo", await company.NamesAsync("partners"));
        AssertSame(before, (await company.GetAsync($"partners/{kept}")).Body);
        Assert.Equal(0, (await company.GetAsync("tags")).Body.GetProperty("items").GetArrayLength());
        await company.PostAsync($"operations/{import}/redo");
        Assert.Equal("done", (await company.FinishedAsync(import)).GetProperty("state").GetString());
        foreach (var (then, now) in after.EnumerateArray().Zip((await company.GetAsync("partners?sort=number")).Body.GetProperty("items").EnumerateArray())) AssertSame(then, now);
        Assert.Equal(3, (await company.GetAsync("partners")).Body.GetProperty("count").GetInt32());
        Assert.Equal(1, (await company.GetAsync("tags")).Body.GetProperty("items").GetArrayLength());
        var end = await app.JournalEndAsync(company);
        Assert.Equal(HttpStatusCode.Accepted, (await company.PostAsync($"operations/{import}/redo")).Status);
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task Undo_leaves_and_names_what_was_changed_since()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country;Phone\nOne;SE;1\nTwo;SE;2\nThree;SE;3\n");
        await company.PatchAsync("partners/1002", """{"stage":"active"}""");
        await company.PatchAsync("partners/1003", """{"phone":null}""");
        await company.PostAsync($"operations/{import}/undo");
        var undone = await company.FinishedAsync(import);
        Assert.Equal(("undone", 1, 2), (undone.GetProperty("state").GetString(), undone.GetProperty("changed").GetInt32(), undone.GetProperty("skippedCount").GetInt32()));
        Assert.Equal([1002, 1003], undone.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("number").GetInt32()).Order());
        Assert.All(undone.GetProperty("skipped").EnumerateArray(), s => Assert.Equal("partner.changedSince", s.GetProperty("code").GetString()));
        Assert.Equal("Two Three", await company.NamesAsync("partners"));
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Undo_leaves_no_branch_under_a_partner_that_is_gone()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country\nAlone;SE\nWith;SE\n");
        await company.PartnerAsync("Branch", "\"parent\":1002");
        await company.PostAsync($"operations/{import}/undo");
        var undone = await company.FinishedAsync(import);
        Assert.Equal(("undone", 1, "partner.branchesStay", "Its branches stay: 1003."), (undone.GetProperty("state").GetString(), undone.GetProperty("changed").GetInt32(),
            undone.GetProperty("skipped")[0].GetProperty("code").GetString(), undone.GetProperty("skipped")[0].GetProperty("detail").GetString()));
        Assert.Equal("With Branch", await company.NamesAsync("partners"));
    }

    [Fact]
    public async Task A_dry_run_previews_the_whole_file_and_stores_nothing()
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("Volvo", "\"organisationNumber\":\"556012-5790\"");
        var end = await app.JournalEndAsync(company);
        var reply = await company.UploadAsync(Encoding.UTF8.GetBytes("Name;Country;Org no;Colour;Tags\nVolvo AB;SE;556012-5790;red;new\nNew AB;SE;;blue;\nVolvo;SE;;;\n;SE;;;\n"), "", ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.OK, "dry-run"), (reply.Status, reply.Header("Preference-Applied")));
        Assert.Equal((4, 2, 1, 0, 1), (Count("rows"), Count("created"), Count("updated"), Count("unchanged"), Count("refused")));
        Assert.Equal(["Colour"], reply.Body.GetProperty("unmapped").EnumerateArray().Select(u => u.GetString()));
        var problem = reply.Body.GetProperty("problems").EnumerateArray().Single();
        Assert.Equal((5, "Name", "name", "partner.name.required"), (problem.GetProperty("row").GetInt32(), problem.GetProperty("column").GetString(), problem.GetProperty("field").GetString(), problem.GetProperty("code").GetString()));
        Assert.Equal("Volvo AB", reply.Body.GetProperty("sample")[0].GetProperty("name").GetString());
        Assert.Equal(end, await app.JournalEndAsync(company));
        Assert.Equal("Volvo", await company.NamesAsync("partners"));
        int Count(string name) => reply.Body.GetProperty(name).GetInt32();
    }

    [Fact]
    [Trait("Requirement", "N12")]
    public async Task Five_uploads_with_one_key_are_one_import_and_another_file_under_it_is_refused()
    {
        var company = await app.CompanyAsync();
        var file = Encoding.UTF8.GetBytes("Name;Country\nOnce AB;SE\n");
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.UploadAsync(file, "", ("Idempotency-Key", "one"))));
        Assert.All(replies, r => Assert.Equal(HttpStatusCode.Accepted, r.Status));
        Assert.Single(replies.Select(r => (r.Body.GetProperty("number").GetInt64(), r.Message.Headers.Location)).Distinct());
        Assert.Equal(4, replies.Count(r => r.Header("Idempotency-Replayed") == "true"));
        Assert.Equal("done", (await company.FinishedAsync(replies[0].Body.GetProperty("number").GetInt64())).GetProperty("state").GetString());
        Assert.Equal("Once AB", await company.NamesAsync("partners"));
        Steps.AssertProblem(await company.UploadAsync(Encoding.UTF8.GetBytes("Name;Country\nTwice AB;SE\n"), "", ("Idempotency-Key", "one")), 422, "idempotency.mismatch");
    }

    [Theory]
    [InlineData("windows-1252", ",", "1050.50", "Åäö ÆØ AB")]
    [InlineData("windows-1252", ";", "1 050,50", "Åäö ÆØ AB")]
    [InlineData("utf-8", "\t", "1.050,50", "Åäö \"ÆØ\" AB")]
    [InlineData("utf-8", "|", "1,050.50", "Åäö ÆØ AB")]
    [InlineData("utf-16", ";", "1050,5", "Åäö ÆØ; AB")]
    public async Task Encoding_separator_and_decimal_sign_are_found_out(string encoding, string separator, string amount, string name)
    {
        var company = await app.CompanyAsync();
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        string[][] rows = [["Namn", "Land", "Kreditgräns", "Valuta"], [quoted, "SE", $"\"{amount}\"", "SEK"], ["Öst AB", "SE", $"\"{amount}\"", "SEK"]];
        var text = string.Concat(rows.Select(row => string.Join(separator, row) + "\r\n"));
        var chosen = encoding == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(encoding);
        var import = await company.ImportAsync([.. encoding == "utf-16" ? chosen.GetPreamble() : [], .. chosen.GetBytes(text)]);
        Assert.Equal(2, (await company.FinishedAsync(import)).GetProperty("changed").GetInt32());
        var partner = (await company.GetAsync("partners/1001")).Body;
        Assert.Equal((name, 1050.50m), (partner.GetProperty("name").GetString(), partner.GetProperty("creditLimit").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task Columns_can_be_mapped_by_hand_and_a_file_may_have_no_headings()
    {
        var company = await app.CompanyAsync();
        await company.ImportAsync("Wer;Wo;Name\nMapped AB;SE;ignored\n", $"?mapping={Uri.EscapeDataString("""{"Wer":"name","Wo":"country","Name":null}""")}");
        await company.ImportAsync("Bare AB;SE\nBarer AB;DK\n", $"?hasHeader=false&separator=semicolon&mapping={Uri.EscapeDataString("""{"1":"name","2":"country"}""")}");
        Assert.Equal("Mapped AB Bare AB Barer AB", await company.NamesAsync("partners"));
    }

    [Theory]
    [InlineData("", "", 422, "import.file.empty")]
    [InlineData("\n\n\n", "", 422, "import.file.empty")]
    [InlineData("just some words\nand more\n", "", 422, "import.columns.none")]
    [InlineData("Name;Country\nA;SE\n", "?separator=colon", 400, "import.separator")]
    [InlineData("Name;Country\nA;SE\n", "?encoding=ebcdic", 400, "import.encoding")]
    [InlineData("Name;Country\nA;SE\n", "?decimalComma=perhaps", 400, "filter.value")]
    [InlineData("Name;Country\nA;SE\n", "?mapping={", 400, "import.mapping")]
    [InlineData("Name;Country\nA;SE\n", "?mapping=[]", 400, "import.mapping")]
    [InlineData("Name;Country\nA;SE\n", "?mapping={\"Colour\":\"name\"}", 422, "import.map.unknownHeading")]
    [InlineData("Name;Country\nA;SE\n", "?mapping={\"Name\":\"colour\"}", 422, "import.map.unknownField")]
    [InlineData("Name;Country\nA;SE\n", "?target=cases", 400, "import.target.unknown")]
    public async Task A_file_that_cannot_be_an_import_is_refused_and_leaves_nothing(string csv, string query, int status, string code)
    {
        var company = await app.CompanyAsync();
        var end = await app.JournalEndAsync(company);
        Steps.AssertProblem(await company.UploadAsync(Encoding.UTF8.GetBytes(csv), query.Replace("\"", "%22", StringComparison.Ordinal)), status, code);
        Steps.AssertProblem(await company.UploadAsync(Encoding.UTF8.GetBytes(csv), query.Replace("\"", "%22", StringComparison.Ordinal), ("Prefer", "dry-run")), status, code);
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task Garbage_never_breaks_the_server()
    {
        var company = await app.CompanyAsync();
        var random = new Random(5);
        for (var i = 0; i < 20; i++)
        {
            var bytes = new byte[random.Next(1, 3_000)];
            random.NextBytes(bytes);
            byte[] file = i % 2 == 0 ? bytes : [.. "Name;Country\n"u8, .. bytes];
            var reply = await company.UploadAsync(file);
            Assert.True((int)reply.Status is 202 or 422, $"{(int)reply.Status} {reply.Body}");
            if (reply.Status == HttpStatusCode.Accepted) Assert.Equal("done", (await company.FinishedAsync(reply.Body.GetProperty("number").GetInt64())).GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task Imports_are_for_administrators_and_known_by_their_numbers()
    {
        var company = await app.CompanyAsync();
        Steps.AssertProblem(await company.Seller.SendBytesAsync(HttpMethod.Post, company.Path("imports"), Nordic, "text/csv"), 403, "right.missing");
        Steps.AssertProblem(await company.GetAsync("imports/77"), 404, "import.notFound");
        Steps.AssertProblem(await company.GetAsync("imports/77/result"), 404, "import.notFound");
        Assert.Contains("organisationNumber", (await company.GetAsync("imports/fields")).Body.ToString(), StringComparison.Ordinal);
        Steps.AssertProblem(await company.GetAsync("imports/fields?target=cases"), 404, "import.target.notFound");
    }

    private static async Task<string> Partners(TestCompany company) =>
        string.Join(' ', (await company.GetAsync("partners?limit=500")).Body.GetProperty("items").EnumerateArray().Select(r => $"{r.GetProperty("number").GetInt64()}/{r.GetProperty("version").GetInt64()}"));

    private static void AssertSame(JsonElement one, JsonElement other)
    {
        foreach (var member in one.EnumerateObject().Where(m => m.Name is not ("version" or "updatedAt"))) Assert.Equal(member.Value.GetRawText(), other.GetProperty(member.Name).GetRawText());
    }

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static byte[] ReadNordic()
    {
        using var stream = typeof(ImportTests).Assembly.GetManifestResourceStream("nordic-companies.csv")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
