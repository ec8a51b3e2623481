using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Crm.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

/// <summary>What tests of bulk changes do again and again.</summary>
internal static class Bulk
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Makes partners <c>P1</c>, <c>P2</c>, … in Sweden with a stage, and gives their numbers.</summary>
    public static async Task<long[]> PartnersAsync(this TestCompany company, int count, string stage = "potential")
    {
        await company.ImportAsync(Encoding.UTF8.GetBytes("Name;Country;Stage\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"P{i};SE;{stage}\n"))));
        var last = (await company.GetAsync("partners?sort=-number&limit=1")).Body.GetProperty("items")[0].GetProperty("number").GetInt64();
        return [.. Enumerable.Range(0, count).Select(i => last - count + 1 + i)];
    }

    public static Task<Reply> BulkAsync(this TestCompany company, string action, object? set, object target, params (string Name, string Value)[] headers) =>
        company.PostAsync("operations", set is null ? new { action, target } : new { action, set, target }, headers);

    /// <summary>Starts a bulk change and waits: its view, finished.</summary>
    public static async Task<JsonElement> DoneAsync(this TestCompany company, string action, object? set, object target)
    {
        var reply = await company.BulkAsync(action, set, target);
        Assert.True(reply.Status == HttpStatusCode.Accepted, reply.Body.ToString());
        var number = reply.Body.GetProperty("number").GetInt64();
        Assert.Equal($"/api/v1/{company.Slug}/operations/{number}", reply.Message.Headers.Location?.ToString());
        return await company.FinishedAsync(number);
    }

    /// <summary>Undoes, redoes or cancels, and waits.</summary>
    public static async Task<JsonElement> TurnAsync(this TestCompany company, JsonElement operation, string turn)
    {
        var reply = await company.PostAsync($"operations/{Number(operation)}/{turn}");
        Assert.True(reply.Status == HttpStatusCode.Accepted, reply.Body.ToString());
        return await company.FinishedAsync(Number(operation));
    }

    public static long Number(JsonElement operation) => operation.GetProperty("number").GetInt64();

    public static (string State, long Changed, long Skipped) Result(JsonElement operation) =>
        (operation.GetProperty("state").GetString()!, operation.GetProperty("changed").GetInt64(), operation.GetProperty("skippedCount").GetInt64());

    /// <summary>All partners as they are, by number, without what a version counts.</summary>
    public static async Task<SortedDictionary<long, string>> StatesAsync(this TestCompany company)
    {
        SortedDictionary<long, string> states = [];
        foreach (var deleted in new[] { "false", "true" })
        {
            string? cursor = null;
            do
            {
                var page = (await company.GetAsync($"partners?deleted={deleted}&sort=number&limit=500{(cursor is null ? "" : $"&cursor={cursor}")}")).Body;
                foreach (var row in page.GetProperty("items").EnumerateArray())
                    states[row.GetProperty("number").GetInt64()] = string.Join(' ', row.EnumerateObject().Where(m => m.Name is not ("version" or "updatedAt" or "createdAt")).Select(m => m.ToString()).Append(deleted));
                cursor = page.GetProperty("next").GetString();
            } while (cursor is not null);
        }
        return states;
    }

    public static async Task<Dictionary<string, int>> StagesAsync(this TestCompany company) =>
        (await company.GetAsync("partners?limit=500")).Body.GetProperty("items").EnumerateArray()
        .GroupBy(p => p.GetProperty("stage").ValueKind == JsonValueKind.Null ? "" : p.GetProperty("stage").GetProperty("key").GetString()!).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>
    /// An operation that another host works on until it is let go: everything that is started after it waits.
    /// </summary>
    public static async Task<Func<Task>> BlockAsync(this OneApp app, TestCompany company)
    {
        var (actors, call, ct) = (app.Services.GetRequiredService<IActors>(), Call.System(await app.RefAsync(company)), TestContext.Current.CancellationToken);
        while (true)
        {
            var made = await actors.CreateAsync(call, new StartOperation("import", JsonSerializer.SerializeToElement(new { })), ct);
            // The program itself may have been faster.
            if ((await actors.SendAsync(call, made.Row!.Number, new ClaimOperation("elsewhere", Hour, 0), ct)).Refusal is not null) continue;
            return async () => Assert.Null((await actors.SendAsync(call, made.Row.Number, new FinishOperation("elsewhere", null), ct)).Refusal);
        }
    }

    /// <summary>All items of a list with a cursor, a few at a time.</summary>
    public static async Task<List<JsonElement>> AllAsync(this TestCompany company, string path, int limit)
    {
        List<JsonElement> items = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await company.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?limit={limit}{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}"))).Body;
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, limit);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        return items;
    }
}
