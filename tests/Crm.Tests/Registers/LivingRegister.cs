using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Crm.StandIns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Registers;

/// <summary>The Norwegian stand-in, in which companies change while a test runs.</summary>
internal sealed class LivingRegister : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JsonObject> _changed = new();
    private readonly ConcurrentQueue<string> _feed = new();

    public StandIn StandIn { get; private set; } = null!;

    /// <summary>True = it answers nothing but errors.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was asked about a company.</summary>
    public int Asked(string number) => StandIn.Requests.Count(r => r.EndsWith($"/enheter/{number}", StringComparison.Ordinal));

    public static async Task<LivingRegister> StartAsync()
    {
        var register = new LivingRegister();
        register.StandIn = await StandIn.StartAsync(app =>
        {
            app.Use(register.AnswerAsync);
            Bizweb.Map(app);
        });
        return register;
    }

    /// <summary>Changes what it says of a company, and says in its feed that it did.</summary>
    public async Task ChangeAsync(string number, Action<JsonObject> change)
    {
        if (!_changed.TryGetValue(number, out var company))
        {
            using var client = new HttpClient { BaseAddress = StandIn.Address };
            company = JsonNode.Parse(await client.GetStringAsync(new Uri($"enhetsregisteret/api/enheter/{number}?as=it-was", UriKind.Relative), TestContext.Current.CancellationToken))!.AsObject();
        }
        change(company);
        _changed[number] = company;
        _feed.Enqueue(number);
    }

    public ValueTask DisposeAsync() => StandIn.DisposeAsync();

    private Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
        if (path.EndsWith("/oppdateringer/enheter", StringComparison.Ordinal))
        {
            var from = context.Request.Query["oppdateringsid"] is [{ Length: > 0 } id] ? int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : 1;
            var changes = _feed.Select((number, i) => (Id: i + 1, Number: number)).Where(c => c.Id >= from).Select(c => (JsonNode)new JsonObject { ["oppdateringsid"] = c.Id, ["organisasjonsnummer"] = c.Number }).ToArray();
            var page = new JsonObject { ["page"] = new JsonObject { ["totalElements"] = changes.Length } };
            if (changes.Length > 0) page["_embedded"] = new JsonObject { ["oppdaterteEnheter"] = new JsonArray(changes) };
            return WriteAsync(context, page);
        }
        return _changed.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var company) ? WriteAsync(context, company) : next(context);
    }

    private static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
