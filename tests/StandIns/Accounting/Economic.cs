using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>e-conomic's REST API over invented books. Where the documentation leaves something open, a property says which way it goes.</summary>
public sealed class Economic
{
    private static readonly VendorContract Contract = VendorContract.Of("economic");

    public const string AppToken = "crm-app", GrantToken = "crm-grant";
    private const int Bucket = 10_000, Cost = 3;

    private readonly ConcurrentDictionary<string, (int Status, string Body)> _repeated = new();
    private readonly Lock _gate = new();
    private double _used;
    private DateTimeOffset _usedAt;

    public Economic(Books? books = null, StandInClock? clock = null)
    {
        Clock = clock ?? new();
        Books = books ?? Books.Demo("DK", Clock);
        Documents = new(this);
    }

    public StandInClock Clock { get; }
    public Books Books { get; }
    internal EconomicDocuments Documents { get; }

    /// <summary>True = the administrator has taken the grant back.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>True = balances are in the customer's currency, false = in the agreement's.</summary>
    public bool BalancesAreInOwnCurrency { get; set; }

    /// <summary>True = the app's role may not read employees.</summary>
    public bool HidesEmployees { get; set; }

    /// <summary>True = a write that comes again under the same key is carried out again.</summary>
    public bool ForgetsKeys { get; set; }

    /// <summary>Paid by a customer without an invoice, in the books' currency.</summary>
    public ConcurrentDictionary<int, decimal> OnAccount { get; } = new();

    /// <summary>A customer as the API would answer it.</summary>
    public JsonObject Stored(int number) => Documents.Customer(Books.Find(number)!);

    /// <summary>For the demo.</summary>
    public static void Map(WebApplication app) => new Economic().MapOn(app);

    public void MapOn(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, usual) => Contract.HoldAsync(context, usual, (broken, why) => RefuseAsync(broken, 400, "E04300", why)));
        var api = app.MapGroup("").AddEndpointFilter(async (call, next) => await LetAsync(call.HttpContext) ? await next(call) : Results.Empty);
        api.MapGet("/self", context => WriteAsync(context, 200, EconomicDocuments.Self()));
        api.MapGet("/customers", context => ListAsync(context, "customers", EconomicFilters.Customers(this), Books.Customers("all", _ => true), Documents.Customer));
        api.MapGet("/customers/{number:int}", context => Books.Find(Number(context)) is { } found ? WriteAsync(context, 200, Documents.Customer(found)) : NotFoundAsync(context));
        api.MapPost("/customers", CreateAsync);
        api.MapPut("/customers/{number:int}", ReplaceAsync);
        api.MapGet("/invoices/booked", context => ListAsync(context, "booked", EconomicFilters.Invoices, Books.Invoices("booked", i => i is { IsBooked: true, IsCancelled: false }), Documents.Invoice));
        api.MapGet("/invoices/unpaid", context => ListAsync(context, "unpaid", EconomicFilters.None<BookInvoice>(), Books.Invoices("unpaid", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0), Documents.Invoice));
        api.MapGet("/employees", context => HidesEmployees ? RefuseAsync(context, 403, "E00600", "The role does not allow it.") : ListAsync(context, "employees", EconomicFilters.None<JsonObject>(), EconomicDocuments.Employees, e => e.DeepClone().AsObject()));
        api.MapGet("/suppliers", context => ListAsync(context, "suppliers", EconomicFilters.None<JsonObject>(), EconomicDocuments.Suppliers, s => s.DeepClone().AsObject()));
    }

    private async ValueTask<bool> LetAsync(HttpContext context)
    {
        var (headers, isDemo) = (context.Request.Headers, context.Request.Headers["X-AppSecretToken"] == "demo" && context.Request.Headers["X-AgreementGrantToken"] == "demo");
        context.Response.Headers.Date = Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (!isDemo && (headers["X-AppSecretToken"] != AppToken || headers["X-AgreementGrantToken"] != GrantToken || IsRevoked)) { await RefuseAsync(context, 401, "E00500", "You are not authorized to access the resource."); return false; }
        if (isDemo && !HttpMethods.IsGet(context.Request.Method)) { await RefuseAsync(context, 403, "E00600", "The demo agreement is read-only."); return false; }
        var (used, wait) = Take();
        context.Response.Headers["X-CallCost"] = $"{Cost}";
        context.Response.Headers["X-RateLimiting"] = string.Create(CultureInfo.InvariantCulture, $"token-limit-{Bucket}-per-60-seconds: {used}/{Bucket}");
        if (wait is null) return true;
        context.Response.Headers.RetryAfter = Books.Text((int)Math.Ceiling(wait.Value.TotalSeconds));
        await RefuseAsync(context, 429, "E00429", "Too many requests.");
        return false;
    }

    /// <summary>The bucket fills itself by a sixtieth of its size a second.</summary>
    private (int Used, TimeSpan? Wait) Take()
    {
        lock (_gate)
        {
            var now = Clock.GetUtcNow();
            if (_usedAt != default) _used = Math.Max(0, _used - ((now - _usedAt).TotalSeconds * Bucket / 60));
            _usedAt = now;
            if (_used + Cost > Bucket) return ((int)_used, TimeSpan.FromSeconds((_used + Cost - Bucket) * 60 / Bucket));
            _used += Cost;
            return ((int)_used, null);
        }
    }

    private static Task ListAsync<T>(HttpContext context, string path, IReadOnlyDictionary<string, Func<T, IComparable?>> fields, IReadOnlyList<T> all, Func<T, JsonObject> json)
    {
        var query = context.Request.Query;
        var (size, skip) = (int.TryParse(query["pagesize"], CultureInfo.InvariantCulture, out var s) ? s : 20, int.TryParse(query["skippages"], CultureInfo.InvariantCulture, out var k) ? k : 0);
        if (size is < 1 or > 1_000) return RefuseAsync(context, 400, "E04810", "The page size must be between 1 and 1000.");
        IReadOnlyList<T> found = all;
        if (query["filter"] is [{ Length: > 0 } filter])
        {
            if (EconomicFilters.Parse(filter, fields) is not { } condition)
            {
                return WriteAsync(context, 400, new() { ["message"] = "Validation error.", ["developerHint"] = "Inspect validation errors and correct your request.", ["httpStatusCode"] = 400, ["errors"] = new JsonArray($"Filter \"{filter}\" cannot be applied."), ["allowedFilteringFields"] = new JsonArray([.. fields.Keys.Select(f => (JsonNode)f)]) });
            }
            found = [.. all.Where(condition)];
        }
        if (query["sort"] is [{ Length: > 0 } sort] && !fields.ContainsKey(sort.TrimStart('-'))) return RefuseAsync(context, 400, "E04500", "The field cannot be sorted by.");
        var isLast = (long)(skip + 1) * size >= found.Count;
        JsonObject pagination = new() { ["skipPages"] = skip, ["pageSize"] = size, ["maxPageSizeAllowed"] = 1_000, ["results"] = found.Count, ["resultsWithoutFilter"] = all.Count, ["firstPage"] = Page(0) };
        if (!isLast) pagination["nextPage"] = Page(skip + 1);
        pagination["lastPage"] = Page(Math.Max(0, (found.Count - 1) / size));
        return WriteAsync(context, 200, new() { ["collection"] = new JsonArray([.. found.Skip(skip * size).Take(size).Select(json)]), ["metaData"] = new JsonObject(), ["pagination"] = pagination, ["self"] = Page(skip) });

        string Page(int number) => string.Create(CultureInfo.InvariantCulture, $"https://restapi.e-conomic.com/{path}?skippages={number}&pagesize={size}");
    }

    private Task CreateAsync(HttpContext context) => OnceAsync(context, Documents.CreateAsync);

    private Task ReplaceAsync(HttpContext context) => OnceAsync(context, c => Documents.ReplaceAsync(c, Number(c)));

    /// <summary>A write with a key is done once, and answered the same when it comes again.</summary>
    private async Task OnceAsync(HttpContext context, Func<HttpContext, Task<(int Status, JsonObject Body)>> write)
    {
        if (ForgetsKeys || context.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key]) { var (status, body) = await write(context); await WriteAsync(context, status, body); return; }
        if (_repeated.TryGetValue(key, out var before))
        {
            context.Response.Headers["X-ResultFromCache"] = "true";
            await WriteAsync(context, before.Status, JsonNode.Parse(before.Body)!.AsObject());
            return;
        }
        var (first, answer) = await write(context);
        _repeated[key] = (first, answer.ToJsonString());
        await WriteAsync(context, first, answer);
    }

    private static int Number(HttpContext context) => int.Parse($"{context.Request.RouteValues["number"]}", CultureInfo.InvariantCulture);

    private static Task NotFoundAsync(HttpContext context) => RefuseAsync(context, 404, "E06000", "The resource was not found.");

    internal static JsonObject Error(int status, string code, string message) => new()
    {
        ["message"] = message, ["errorCode"] = code, ["developerHint"] = "Consult the documentation.", ["logId"] = Guid.NewGuid().ToString(), ["httpStatusCode"] = status, ["errors"] = new JsonArray(message), ["logTime"] = "2026-11-01T10:00:00",
    };

    private static Task RefuseAsync(HttpContext context, int status, string code, string message) => WriteAsync(context, status, Error(status, code, message));

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
