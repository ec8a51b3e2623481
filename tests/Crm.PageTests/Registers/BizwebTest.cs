using Crm.StandIns;

namespace Crm.PageTests.Registers;

/// <summary>A test whose company has Norway's register, with a server in its place.</summary>
public abstract class BizwebTest(Site site) : PageTest(site)
{
    private protected StandIn Register { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Site.InstallAsync("Bizweb");
        Register = await StandIn.StartAsync(Bizweb.Map);
        await Desk.PatchAsync("integrations/bizweb", new { enabled = true, settings = new { address = $"{Register.Address}enhetsregisteret/api" } });
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Register.DisposeAsync();
    }
}
