using System.Net;
using System.Text.Json;
using Crm.Accounting;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Tests.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Tests.Accounting;

/// <summary>A program whose one accounting system is in memory, and which reads it when a test says so.</summary>
public abstract class LedgerTests : IAsyncDisposable
{
    protected const string Nordlys = "5560360793", Svea = "5564300142";
    private static readonly string[] Customers = ["customer"];
    private readonly CrmApp _app;
    private TestCompany? _opened;
    private long _connection;

    protected LedgerTests() => _app = CrmApp.With(services: services =>
    {
        services.AddSingleton<IPlugins>(Ledger);
        Failing<IActors>.Before(services);
        // The tests say when it runs.
        foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType is { } own && (own == typeof(SyncWorker) || own == typeof(PushWorker))).ToArray()) services.Remove(worker);
    });

    private protected FakeLedger Ledger { get; } = new();

    protected TestCompany Company => _opened ?? throw new InvalidOperationException("Nothing was asked of it yet.");

    protected CrmApp App => _app;

    /// <summary>Of the connection.</summary>
    protected long Number => _connection;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task RunAsync(bool whole = false)
    {
        await StartAsync();
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/{_connection}/run?whole={(whole ? "true" : "false")}"));
        await _app.Services.GetRequiredService<SyncWorker>().RunAsync(await RefAsync(), _connection, TestContext.Current.CancellationToken);
    }

    /// <summary>A company with a connection that has not read anything.</summary>
    protected async Task StartAsync()
    {
        if (_opened is not null) return;
        await _app.InitializeAsync();
        _opened = _app.Acme;
        var opened = await _app.Services.GetRequiredService<IActors>().CreateAsync(Call.System(await RefAsync()), new OpenConnection("ledger"), TestContext.Current.CancellationToken);
        _connection = opened.Row!.Number;
    }

    protected async Task<long> PartnerAsync(string name, string? organisationNumber)
    {
        await StartAsync();
        var made = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("partners"), new { name, country = "SE", relations = Customers, organisationNumber });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Body.GetProperty("number").GetInt64();
    }

    protected async Task<CompanyRef> RefAsync() => (await _app.Services.GetRequiredService<IAccess>().CompanyAsync(Company.Slug, TestContext.Current.CancellationToken))!;

    protected async Task<JsonElement> ReadAsync(long partner) => (await Company.Reader.ReadAsync(Company.Path($"partners/{partner}"))).Body;

    protected async Task<decimal> OwesAsync(long partner) => (await ReadAsync(partner)).GetProperty("balance").GetProperty("amount").GetDecimal();

    protected async Task<JsonElement> ConnectionAsync() => (await Company.Admin.ReadAsync(Company.Path($"accounting/{_connection}"))).Body;

    /// <summary>Gives a partner the tag that the rule is about.</summary>
    protected async Task TagAsync(long partner)
    {
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("tags"), new { key = "customer", name = "Customer" });
        await PatchAsync(partner, new { tags = Customers });
    }

    /// <summary>Partners with the tag are customers in the ledger.</summary>
    protected async Task RuleAsync(string? group = null, object? wins = null)
    {
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("tags"), new { key = "customer", name = "Customer" });
        var answer = await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { rules = new[] { new { tag = "customer", plugin = "ledger", group } }, wins = wins ?? new { } });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    protected async Task PatchAsync(long partner, object body) => Assert.Equal(HttpStatusCode.OK, (await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path($"partners/{partner}"), body)).Status);

    /// <summary>Looks for what has to be written.</summary>
    protected async Task LookAsync()
    {
        var company = await RefAsync();
        while (await App.Services.GetRequiredService<Wanted>().LookAsync(company, TestContext.Current.CancellationToken)) { }
    }

    /// <summary>Looks for what has to be written, and writes what is due.</summary>
    protected async Task PushAsync()
    {
        var company = await RefAsync();
        await LookAsync();
        foreach (var entry in (await LedgerAsync()).EnumerateArray()) await App.Services.GetRequiredService<Pusher>().RunAsync(company, entry.GetProperty("number").GetInt64(), TestContext.Current.CancellationToken);
        await LookAsync();
    }

    protected async Task PauseAsync(bool paused) => Assert.Equal(HttpStatusCode.OK, (await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path($"accounting/{_connection}"), new { paused })).Status);

    protected async Task<JsonElement> LedgerAsync() => (await Company.Admin.ReadAsync(Company.Path("accounting/pushes"))).Body.GetProperty("items");

    protected async Task<JsonElement> LedgerEntryAsync() => Assert.Single((await LedgerAsync()).EnumerateArray());

    protected async Task<string?> LastOutcomeAsync() => (await LedgerEntryAsync()).GetProperty("attempts")[0].GetProperty("outcome").GetString();

    /// <summary>A partner that is a customer there, with nothing compared yet.</summary>
    private protected async Task<long> LinkedAsync(object ours, Func<AccountingCustomer, AccountingCustomer> theirs)
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        await TagAsync(partner);
        await PatchAsync(partner, ours);
        Ledger.Customers.Add(theirs(FakeLedger.Customer("1", "Nordlys AB", Nordlys)));
        await RunAsync();
        return partner;
    }

    private protected async Task<string> UserAsync(AccountingPerson person)
    {
        await StartAsync();
        var made = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("users"), new { email = person.Email, name = person.Name, role = "seller" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Text("id")!;
    }

    private protected async Task<string?> OwnerAsync(long partner) => (await ReadAsync(partner)).GetProperty("owner") is { ValueKind: JsonValueKind.Object } owner ? owner.GetProperty("id").GetString() : null;

    private protected async Task<JsonElement> CustomerAsync() => (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0];

    private protected async Task<List<(string?, string?, string?)>> ConflictsAsync() =>
        [.. (await CustomerAsync()).GetProperty("conflicts").EnumerateArray().Select(c => (c.GetProperty("ours").GetString(), c.GetProperty("theirs").GetString(), c.GetProperty("winner").GetString()))];

    private protected async Task<Reply> ResolveAsync(string field, string take) =>
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{(await CustomerAsync()).GetProperty("number").GetInt64()}/resolve"), new { field, take });
}
