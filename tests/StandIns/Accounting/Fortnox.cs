using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>Fortnox's API below <c>/3</c> and its sign-in below <c>/oauth-v1</c>, over invented books. Where the documentation leaves something open, a property says which way it goes.</summary>
public sealed class Fortnox
{
    /// <summary>Its code for a parameter that it does not take.</summary>
    private const int Invalid = 2000588;
    private static readonly string[] Filters = ["cancelled", "fullypaid", "unpaid", "unpaidoverdue", "unbooked"];

    private static readonly VendorContract Contract = VendorContract.Of("fortnox");

    /// <summary>By access token: Fortnox counts each company for itself.</summary>
    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new();

    public Fortnox(Books? books = null, StandInClock? clock = null)
    {
        Clock = clock ?? new();
        Books = books ?? Books.Demo("SE", Clock);
        SignIn = new(Clock, TimeSpan.FromMinutes(10), rotates: true) { ErrorType = "text/html" };
    }

    public StandInClock Clock { get; }
    public Books Books { get; }
    public OAuthServer SignIn { get; }

    /// <summary>True = 429 says how long to wait.</summary>
    public bool TellsRetryAfter { get; set; }

    /// <summary>True = <c>lastmodified</c> is read as Swedish time, false = as UTC.</summary>
    public bool ReadsSwedishTime { get; set; } = true;

    /// <summary>True = <c>filter=unpaid</c> has drafts too.</summary>
    public bool DraftsAreUnpaid { get; set; } = true;

    /// <summary>True = <c>Balance</c> is in kronor whatever the invoice's currency.</summary>
    public bool BalancesAreInKronor { get; set; }

    /// <summary>True = errors spell their members with capitals, as some do.</summary>
    public bool ErrorsHaveCapitals { get; set; } = true;

    /// <summary>For the demo.</summary>
    public static void Map(WebApplication app) => new Fortnox().MapOn(app);

    public void MapOn(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, usual) => Contract.HoldAsync(context, usual, (broken, why) => RefuseAsync(broken, 400, Invalid, why)));
        SignIn.Map(app, "/oauth-v1/auth", "/oauth-v1/token", "/oauth-v1/revoke");
        var api = app.MapGroup("/3").AddEndpointFilter(async (call, next) => await LetAsync(call.HttpContext) ? await next(call) : Results.Empty);
        api.MapGet("/companyinformation", context => WriteAsync(context, 200, new() { ["CompanyInformation"] = new JsonObject { ["CompanyName"] = "Svea Maskin AB", ["OrganizationNumber"] = "559900-0014", ["DatabaseNumber"] = 12345, ["City"] = "Örebro", ["CountryCode"] = "SE" } }));
        api.MapGet("/customers", CustomersAsync);
        api.MapPost("/customers", context => WriteCustomerAsync(context, null));
        api.MapGet("/customers/{number}", CustomerAsync);
        api.MapPut("/customers/{number}", context => Find(context) is { } customer ? WriteCustomerAsync(context, customer) : RefuseAsync(context, 404, 2000433, "Kan inte hitta kunden."));
        api.MapGet("/invoices", InvoicesAsync);
        api.MapGet("/invoices/{number}", context => Books.FindInvoice(Number(context)) is { } found ? WriteAsync(context, 200, new() { ["Invoice"] = Detail(found) }) : RefuseAsync(context, 404, 2000434, "Kan inte hitta fakturan."));
        api.MapGet("/invoicepayments", PaymentsAsync);
        api.MapGet("/suppliers", context => PageAsync(context, "Suppliers", FortnoxDocuments.Suppliers, s => s.DeepClone().AsObject()));
    }

    private async ValueTask<bool> LetAsync(HttpContext context)
    {
        context.Response.Headers.Date = Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (!SignIn.Lets(context)) { await WriteAsync(context, 401, new() { ["message"] = "unauthorized" }); return false; }
        if (_windows.GetOrAdd($"{context.Request.Headers.Authorization}", static (_, clock) => new(25, TimeSpan.FromSeconds(5), clock), (TimeProvider)Clock).Enter() is not { } wait) return true;
        if (TellsRetryAfter) context.Response.Headers.RetryAfter = Books.Text((int)Math.Ceiling(wait.TotalSeconds));
        await WriteAsync(context, 429, new() { ["message"] = "Too Many Requests" });
        return false;
    }

    private Task CustomersAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (filter, number, organisation, name, since) = ($"{query["filter"]}", $"{query["customernumber"]}", $"{query["organisationnumber"]}", $"{query["name"]}", Since(context));
        if (filter is not ("" or "active" or "inactive")) return RefuseAsync(context, 400, 2000587, "Ogiltigt filter.");
        var found = Books.Customers($"{filter}|{number}|{organisation}|{name}|{since}", c => (filter.Length == 0 || c.IsActive == (filter == "active")) && (number.Length == 0 || Books.Text(c.Number).Contains(number, StringComparison.Ordinal))
            && FortnoxDocuments.Dashed(c.OrganisationNumber).Contains(organisation, StringComparison.OrdinalIgnoreCase) && c.Name.Contains(name, StringComparison.OrdinalIgnoreCase) && (since is null || c.ChangedAt >= since));
        return PageAsync(context, "Customers", found, FortnoxDocuments.Listed);
    }

    private Task CustomerAsync(HttpContext context) => Find(context) is { } customer ? WriteAsync(context, 200, new() { ["Customer"] = FortnoxDocuments.Customer(customer) }) : RefuseAsync(context, 404, 2000433, "Kan inte hitta kunden.");

    private async Task WriteCustomerAsync(HttpContext context, BookCustomer? before)
    {
        JsonObject? written;
        try { written = (await JsonNode.ParseAsync(context.Request.Body))?["Customer"] as JsonObject; }
        catch (JsonException) { await RefuseAsync(context, 400, 2002115, "Felaktig JSON."); return; }
        if (written is null) { await RefuseAsync(context, 400, 2001392, "Meddelandets innehåll är tomt eller felaktigt."); return; }
        if (FortnoxDocuments.Refused(written, isNew: before is null) is { } refused) { await RefuseAsync(context, 400, refused.Code, refused.Message); return; }
        if (VendorContract.Broken(context) is { } why) { await RefuseAsync(context, 400, Invalid, why); return; }
        if (before is not null) { await WriteAsync(context, 200, new() { ["Customer"] = FortnoxDocuments.Customer(Books.Change(before.Number, c => FortnoxDocuments.Written(written, c))) }); return; }
        int? number = int.TryParse((string?)written["CustomerNumber"], CultureInfo.InvariantCulture, out var own) ? own : null;
        if (Books.Add(FortnoxDocuments.Written(written, new() { Number = 0, Name = "", Currency = "SEK", Country = "SE" }), number) is { } made) await WriteAsync(context, 201, new() { ["Customer"] = FortnoxDocuments.Customer(made) });
        else await RefuseAsync(context, 400, 2000637, $"Kundnummer \"{number}\" är redan använt.");
    }

    private Task InvoicesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (filter, customer, sort, since) = ($"{query["filter"]}", $"{query["customernumber"]}", $"{query["sortby"]}", Since(context));
        if (filter.Length > 0 && !Filters.Contains(filter)) return RefuseAsync(context, 400, 2000587, "Ogiltigt filter.");
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var found = Books.Invoices($"{filter}|{customer}|{since}|{DraftsAreUnpaid}", i => (customer.Length == 0 || Books.Text(i.Customer) == customer) && (since is null || i.ChangedAt >= since) && filter switch
        {
            "" => true,
            "cancelled" => i.IsCancelled,
            "fullypaid" => i is { IsBooked: true, IsCancelled: false, Balance: 0 },
            "unbooked" => !i.IsBooked,
            "unpaid" => i.Balance != 0 && (i.IsBooked || DraftsAreUnpaid),
            _ => i.Balance != 0 && i.IsBooked && i.DueDate < today,
        }, byCustomer: sort == "customernumber");
        return PageAsync(context, "Invoices", found, i => FortnoxDocuments.Listed(i, BalancesAreInKronor, Books.Find(i.Customer)?.Name));
    }

    private Task PaymentsAsync(HttpContext context)
    {
        var since = Since(context);
        return PageAsync(context, "InvoicePayments", Books.Payments(p => since is null || p.At >= since), FortnoxDocuments.Payment);
    }

    private JsonObject Detail(BookInvoice invoice) => FortnoxDocuments.Invoice(invoice, BalancesAreInKronor, Books.Find(invoice.Customer)?.Name);

    private Task PageAsync<T>(HttpContext context, string key, IReadOnlyList<T> found, Func<T, JsonObject> json)
    {
        var (limit, page) = (Number(context, "limit") ?? 100, Number(context, "page") ?? 1);
        if (limit is < 1 or > 500 || page < 1) return RefuseAsync(context, 400, Invalid, "Ogiltig parameter i anropet.");
        return WriteAsync(context, 200, new()
        {
            ["MetaInformation"] = new JsonObject { ["@TotalResources"] = found.Count, ["@TotalPages"] = Math.Max(1, (found.Count + limit - 1) / limit), ["@CurrentPage"] = page },
            [key] = new JsonArray([.. found.Skip(Number(context, "offset") ?? ((page - 1) * limit)).Take(limit).Select(json)]),
        });
    }

    private DateTimeOffset? Since(HttpContext context)
    {
        if (context.Request.Query["lastmodified"] is not [{ Length: > 0 } text]) return null;
        var local = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None);
        return new DateTimeOffset(local, ReadsSwedishTime ? TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm").GetUtcOffset(local) : TimeSpan.Zero);
    }

    private BookCustomer? Find(HttpContext context) => Books.Find(Number(context));

    private static int Number(HttpContext context) => int.TryParse($"{context.Request.RouteValues["number"]}", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int? Number(HttpContext context, string name) => int.TryParse(context.Request.Query[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Task RefuseAsync(HttpContext context, int status, int code, string message) => WriteAsync(context, status, new()
    {
        ["ErrorInformation"] = ErrorsHaveCapitals ? new JsonObject { ["Error"] = 1, ["Message"] = message, ["Code"] = code } : new JsonObject { ["error"] = 1, ["message"] = message, ["code"] = code },
    });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
