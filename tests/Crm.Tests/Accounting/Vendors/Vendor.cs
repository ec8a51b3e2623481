using System.Text.Json.Nodes;
using Crm.StandIns;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>A plugin with its vendor's specification between it and its stand-in.</summary>
internal sealed class Vendor : IAsyncDisposable
{
    private Prism? _prism;

    private Vendor(string project, Books books, Action<WebApplication> map, Func<Uri, JsonObject> settings, ConnectedTokens? tokens, string id, IReadOnlyDictionary<string, string> headers)
    {
        (Name, Books, Id, Headers, Contract) = (project, books, id, headers, VendorContract.Of(project.ToLowerInvariant()));
        // Set up again when its stand-in is there: then it asks what stands before that.
        Bench = new(project, app => { app.Use(Prism.MarkAsync); map(app); }, address => settings(_prism?.Address ?? address), tokens);
    }

    public string Name { get; }

    public AccountingBench Bench { get; }

    public Books Books { get; }

    public Prism Prism => _prism!;

    public Specification Specification { get; private set; } = null!;

    /// <summary>Ours, in which the stand-in is held always.</summary>
    public VendorContract Contract { get; }

    /// <summary>A customer that there is.</summary>
    public string Id { get; }

    /// <summary>What a request has that is let in.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <param name="specification">The vendor's name, where it has several with the year.</param>
    public static async Task<Vendor> StartAsync(string specification)
    {
        await Prism.InstallAsync();
        var (said, clock) = (await Specification.OfAsync(specification), new StandInClock());
        var vendor = specification.Split(' ')[0] switch
        {
            "Fortnox" => OfFortnox(new(Owing("SE", clock), clock)),
            "Visma" => OfVisma(new(Owing("SE", clock), clock)),
            _ => OfEconomic(new(Owing("DK", clock), clock)),
        };
        await vendor.Bench.StartAsync();
        try { vendor._prism = await Prism.StartAsync(vendor.Specification = said, vendor.Bench.StandIn.Address); }
        catch
        {
            await vendor.Bench.DisposeAsync();
            throw;
        }
        vendor.Bench.Set();
        return vendor;
    }

    public async ValueTask DisposeAsync()
    {
        await Prism.DisposeAsync();
        await Bench.DisposeAsync();
    }

    /// <summary>Books in which every second invoice is open.</summary>
    private static Books Owing(string country, StandInClock clock)
    {
        var books = new Books(country, 6, 12, clock);
        foreach (var open in books.Invoices("to be open", i => i.Number % 2 == 0)) books.ChangeInvoice(open.Number, i => i with { IsBooked = true, IsCancelled = false, Balance = i.Gross });
        return books;
    }

    private static Vendor OfFortnox(Fortnox fortnox) => new("Fortnox", fortnox.Books, fortnox.MapOn, address => new() { ["clientId"] = OAuthServer.ClientId, ["clientSecret"] = OAuthServer.ClientSecret, ["address"] = $"{address}3", ["signInAddress"] = $"{address}oauth-v1" },
        new(fortnox.SignIn), "1001", new Dictionary<string, string> { ["Authorization"] = $"Bearer {fortnox.SignIn.Connect().Access}", ["Accept"] = "application/json" });

    private static Vendor OfVisma(Visma visma) => new("Visma", visma.Books, visma.MapOn, address => new() { ["clientId"] = OAuthServer.ClientId, ["clientSecret"] = OAuthServer.ClientSecret, ["address"] = $"{address}v2", ["signInAddress"] = $"{address}connect" },
        new(visma.SignIn), Visma.IdOf(1001), new Dictionary<string, string> { ["Authorization"] = $"Bearer {visma.SignIn.Connect().Access}", ["Accept"] = "application/json" });

    private static Vendor OfEconomic(Economic economic) => new("Economic", economic.Books, economic.MapOn, address => new() { ["appSecretToken"] = Economic.AppToken, ["agreementGrantToken"] = Economic.GrantToken, ["customerGroup"] = 1, ["paymentTerms"] = 2, ["invoiceDays"] = 100, ["address"] = $"{address}" },
        null, "1001", new Dictionary<string, string> { ["X-AppSecretToken"] = Economic.AppToken, ["X-AgreementGrantToken"] = Economic.GrantToken, ["Accept"] = "application/json" });
}
