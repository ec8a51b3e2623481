using System.Net;
using System.Text.Json;
using Crm.Tests.Api;

namespace Crm.Tests.Cases;

/// <summary>What tests of cases over HTTP do again and again.</summary>
internal static class CaseSteps
{
    /// <summary>Makes a case (fields are JSON without braces) and gives its number.</summary>
    public static async Task<long> CaseAsync(this TestCompany company, long partner, string fields = "", string title = "Warehouse")
    {
        var made = await company.PostAsync("cases", $"{{\"title\":\"{title}\",\"partner\":{partner}{(fields.Length == 0 ? "" : ",")}{fields}}}");
        Assert.True(made.Status == HttpStatusCode.Created, made.Body.ToString());
        return made.Body.GetProperty("number").GetInt64();
    }

    public static async Task<JsonElement> ReadCaseAsync(this TestCompany company, long number)
    {
        var read = await company.GetAsync($"cases/{number}");
        Assert.True(read.Status == HttpStatusCode.OK, read.Body.ToString());
        return read.Body;
    }

    /// <summary>The titles on the first page of a list of cases.</summary>
    public static async Task<string> TitlesAsync(this TestCompany company, string path)
    {
        var page = await company.GetAsync(path);
        Assert.True(page.Status == HttpStatusCode.OK, page.Body.ToString());
        return string.Join(' ', page.Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("title").GetString()));
    }

    public static string? Key(this JsonElement view, string member) => view.GetProperty(member).GetProperty("key").GetString();
}
