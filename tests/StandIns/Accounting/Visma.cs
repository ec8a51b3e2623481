using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>Visma eEkonomi's API below <c>/v2</c> and its sign-in below <c>/connect</c>, over invented books. Where the documentation leaves something open, a property says which way it goes.</summary>
public sealed class Visma
{
    private static readonly VendorContract Contract = VendorContract.Of("visma");

    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new();

    /// <param name="books">Null = those of the demo.</param>
    /// <param name="clock">Null = the real time.</param>
    /// <param name="refreshTokensRotate">As they do for older clients.</param>
    public Visma(Books? books = null, StandInClock? clock = null, bool refreshTokensRotate = true)
    {
        Clock = clock ?? new();
        Books = books ?? Books.Demo("SE", Clock);
        SignIn = new(Clock, TimeSpan.FromMinutes(5), refreshTokensRotate);
        Documents = new(this);
    }

    public StandInClock Clock { get; }
    public Books Books { get; }
    public OAuthServer SignIn { get; }
    internal VismaDocuments Documents { get; }

    /// <summary>True = customers can be filtered by what they owe and by their organisation number.</summary>
    public bool FiltersEverything { get; set; }

    /// <summary>True = a credit's amounts have a minus.</summary>
    public bool CreditsAreNegative { get; set; } = true;

    /// <summary>True = <c>UnpaidInvoicesAmount</c> is in the customer's currency.</summary>
    public bool BalancesAreInOwnCurrency { get; set; }

    /// <summary>True = 429 says how long to wait in a header too, not only in words.</summary>
    public bool TellsRetryAfter { get; set; }

    /// <summary>Entered in the ledger without an invoice document, in the books' currency.</summary>
    public ConcurrentDictionary<int, decimal> LedgerOnly { get; } = new();

    /// <summary>For the demo.</summary>
    public static void Map(WebApplication app) => new Visma().MapOn(app);

    public static string IdOf(int number) => $"{number:x8}-0000-4000-8000-0000000c0ffe";

    /// <summary>A customer as the API would answer it.</summary>
    public JsonObject Stored(int number) => Documents.Customer(Books.Find(number)!);

    public void MapOn(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, usual) => Contract.HoldAsync(context, usual, (broken, why) => RefuseAsync(broken, 400, 2000, why)));
        SignIn.Map(app, "/connect/authorize", "/connect/token", "/connect/revocation");
        var api = app.MapGroup("/v2").AddEndpointFilter(async (call, next) => await LetAsync(call.HttpContext) ? await next(call) : Results.Empty);
        api.MapGet("/companysettings", context => WriteAsync(context, 200, new() { ["Name"] = "Mälardalens Konsult AB", ["CorporateIdentityNumber"] = "559900-0022", ["CurrencyCode"] = "SEK", ["CountryCode"] = "SE" }));
        api.MapGet("/termsofpayments", context => PageAsync(context, new Dictionary<string, Func<JsonObject, IComparable?>>(), VismaDocuments.Terms, t => t.DeepClone().AsObject()));
        api.MapGet("/customers", context => PageAsync(context, VismaFilters.Customers(this), Books.Customers("all", _ => true), Documents.Customer));
        api.MapGet("/customers/{id:guid}", context => Find(context) is { } found ? WriteAsync(context, 200, Documents.Customer(found)) : NotFoundAsync(context));
        api.MapPost("/customers", context => WriteCustomerAsync(context, null));
        api.MapPut("/customers/{id:guid}", context => Find(context) is { } found ? WriteCustomerAsync(context, found) : NotFoundAsync(context));
        api.MapGet("/customerinvoices", InvoicesAsync);
        api.MapGet("/customerledgeritems", context => PageAsync(context, VismaFilters.Ledger(FiltersEverything), Documents.Ledger(), Documents.LedgerItem));
        api.MapGet("/suppliers", context => PageAsync(context, new Dictionary<string, Func<JsonObject, IComparable?>>(), VismaDocuments.Suppliers, s => s.DeepClone().AsObject()));
    }

    private async ValueTask<bool> LetAsync(HttpContext context)
    {
        if (!SignIn.Lets(context)) { context.Response.StatusCode = 401; return false; }
        if (_windows.GetOrAdd($"{context.Request.Path}", _ => new(600, TimeSpan.FromMinutes(1), Clock)).Enter() is not { } wait) return true;
        var seconds = Books.Text((int)Math.Ceiling(wait.TotalSeconds));
        if (TellsRetryAfter) context.Response.Headers.RetryAfter = seconds;
        await RefuseAsync(context, 429, 4010, $"API calls quota exceeded! maximum admitted 600 per Minute. Try again in {seconds} seconds.");
        return false;
    }

    private Task InvoicesAsync(HttpContext context)
    {
        DateTimeOffset? since = context.Request.Query["modifiedSinceUtc"] is [{ Length: > 0 } text] ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
        return PageAsync(context, VismaFilters.Invoices, Books.Invoices($"booked {since}", i => i is { IsBooked: true, IsCancelled: false } && (since is null || i.ChangedAt >= since)), Documents.Invoice);
    }

    private async Task WriteCustomerAsync(HttpContext context, BookCustomer? before)
    {
        JsonObject written;
        try { written = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject(); }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) { await RefuseAsync(context, 400, 2000, "The body cannot be read."); return; }
        if (VismaDocuments.Refused(written) is { } refused) { await RefuseAsync(context, 400, refused.Code, refused.Message, refused.Field); return; }
        if (VendorContract.Broken(context) is { } why) { await RefuseAsync(context, 400, 2000, why); return; }
        if ((string?)written["CustomerNumber"] is { } own && before is null && int.TryParse(own, CultureInfo.InvariantCulture, out var taken) && Books.Find(taken) is not null) { await RefuseAsync(context, 400, 4000, $"A customer with number '{own}' already exists."); return; }
        var customer = Documents.Write(written, before);
        await WriteAsync(context, before is null ? 201 : 200, Documents.Customer(customer));
    }

    private Task PageAsync<T>(HttpContext context, IReadOnlyDictionary<string, Func<T, IComparable?>> fields, IReadOnlyList<T> all, Func<T, JsonObject> json)
    {
        var query = context.Request.Query;
        var (page, size) = (int.TryParse(query["$page"], CultureInfo.InvariantCulture, out var p) ? p : 1, int.TryParse(query["$pagesize"], CultureInfo.InvariantCulture, out var s) ? s : 50);
        if (page < 1 || size is < 1 or > 1_000) return RefuseAsync(context, 400, 6001, "The page or its size is out of range.");
        IReadOnlyList<T> found = all;
        if (query["$filter"] is [{ Length: > 0 } filter])
        {
            if (VismaFilters.Parse(filter, fields) is not { } condition) return RefuseAsync(context, 400, 6000, "The query specified in the URI is not valid.");
            found = [.. all.Where(condition)];
        }
        return WriteAsync(context, 200, new()
        {
            ["Meta"] = new JsonObject { ["CurrentPage"] = page, ["PageSize"] = size, ["TotalNumberOfPages"] = (found.Count + size - 1) / size, ["TotalNumberOfResults"] = found.Count, ["ServerTimeUtc"] = VismaDocuments.Instant(Clock.GetUtcNow()) },
            ["Data"] = new JsonArray([.. found.Skip((page - 1) * size).Take(size).Select(json)]),
        });
    }

    private BookCustomer? Find(HttpContext context) => Books.Find(int.Parse($"{context.Request.RouteValues["id"]}"[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static Task NotFoundAsync(HttpContext context) => RefuseAsync(context, 404, 3000, "The resource was not found.");

    private static Task RefuseAsync(HttpContext context, int status, int code, string message, string? field = null) => WriteAsync(context, status, new()
    {
        ["ErrorCode"] = code, ["DeveloperErrorMessage"] = message, ["ErrorId"] = "11111111-2222-4333-8444-555555555555", ["Errors"] = field is null ? null : new JsonArray(new JsonObject { ["Field"] = field, ["Message"] = message }),
    });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json; charset=utf-8");
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
