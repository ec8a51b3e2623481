using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Crm.Tests.Api;

internal static class Pictures
{
    /// <summary>The smallest PNG: one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static readonly byte[] Svg = Encoding.UTF8.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="url(#a)"/></svg>""");
}

/// <summary>Sends bodies that are no JSON.</summary>
internal static class Uploads
{
    public static Task<Reply> PutLogoAsync(this TestCompany company, long number, byte[] bytes, params (string Name, string Value)[] headers) =>
        company.Admin.SendBytesAsync(HttpMethod.Put, company.Path($"partners/{number}/logo"), bytes, "image/png", headers);

    public static Task<Reply> UploadAsync(this TestCompany company, byte[] file, string query = "", params (string Name, string Value)[] headers) =>
        company.Admin.SendBytesAsync(HttpMethod.Post, company.Path($"imports{query}"), file, "text/csv", headers);

    /// <summary>Imports a file and waits: the operation's number.</summary>
    public static async Task<long> ImportAsync(this TestCompany company, byte[] file, string query = "")
    {
        var reply = await company.UploadAsync(file, query);
        Assert.True(reply.Status == HttpStatusCode.Accepted, reply.Body.ToString());
        var number = reply.Body.GetProperty("number").GetInt64();
        Assert.Equal($"/api/v1/{company.Slug}/operations/{number}", reply.Message.Headers.Location?.ToString());
        await company.FinishedAsync(number);
        return number;
    }

    public static Task<long> ImportAsync(this TestCompany company, string csv, string query = "") => company.ImportAsync(Encoding.UTF8.GetBytes(csv), query);

    /// <summary>The lines of an import's result, without the headings, each split at its semicolons.</summary>
    public static async Task<string[][]> ResultAsync(this TestCompany company, long import)
    {
        var text = await company.Admin.GetStringAsync(company.Path($"imports/{import}/result"), TestContext.Current.CancellationToken);
        return [.. text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(';'))];
    }

    public static async Task<Reply> SendBytesAsync(this HttpClient client, HttpMethod method, string path, byte[] bytes, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var json = answer.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new(response.StatusCode, json ? JsonDocument.Parse(answer).RootElement : default, response);
    }
}
