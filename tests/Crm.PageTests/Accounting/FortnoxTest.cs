using Crm.StandIns;

namespace Crm.PageTests.Accounting;

/// <summary>A test whose company can be connected with Fortnox, with a server in its place.</summary>
public abstract class FortnoxTest(Site site) : PageTest(site)
{
    private protected Fortnox Fortnox { get; } = new();

    private protected StandIn StandIn { get; private set; } = null!;

    /// <summary>True = by a service account, so that reading begins at once; false = somebody has to consent first.</summary>
    protected virtual bool IsServiceAccount => true;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Site.InstallAsync("Fortnox");
        StandIn = await StandIn.StartAsync(Fortnox.MapOn);
        await BeforeReadingAsync();
        await Desk.PatchAsync("integrations/fortnox", new
        {
            enabled = true,
            settings = new { clientId = OAuthServer.ClientId, clientSecret = OAuthServer.ClientSecret, tenantId = IsServiceAccount ? OAuthServer.Tenant : null, address = $"{StandIn.Address}3", signInAddress = $"{StandIn.Address}oauth-v1" },
        });
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await StandIn.DisposeAsync();
    }

    /// <summary>What is there when it is read the first time.</summary>
    protected virtual ValueTask BeforeReadingAsync() => ValueTask.CompletedTask;

    /// <summary>Waits until everything was read once, and answers the connection's number.</summary>
    protected async Task<long> ReadAsync()
    {
        await Desk.UntilAsync("accounting", all => all.GetProperty("items") is var items && items.GetArrayLength() == 1 && items[0].GetProperty("runs").GetArrayLength() > 0);
        return (await Desk.GetAsync("accounting")).GetProperty("items")[0].GetProperty("number").GetInt64();
    }
}
