using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Registers;
using Crm.Tests.Api;
using Crm.Tests.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Registers;

/// <summary>A company with the Norwegian register switched on, and nights that come when they are called.</summary>
public abstract class RegisterWatch : IAsyncLifetime
{
    protected const string Energi = "999999018", Kaffe = "999999026", Hotell = "999999077", Konkurs = "999999069", Removed = "999999387", Deleted = "999999263";

    internal LivingRegister Register { get; private set; } = null!;

    protected CrmApp App { get; } = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" });

    protected TestCompany Acme => App.Acme;

    public virtual async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        Register = await LivingRegister.StartAsync();
        await App.InstallAsync(BuiltPlugins.Package("Bizweb"));
        await App.ActivateAsync("bizweb");
        await SwitchOnAsync(Acme);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await App.DisposeAsync();
        await Register.DisposeAsync();
    }

    protected Task SwitchOnAsync(TestCompany company) => company.SwitchOnAsync("bizweb", new { address = $"{Register.StandIn.Address}enhetsregisteret/api" });

    /// <summary>A Norwegian partner with what the fields (JSON without braces) say besides.</summary>
    protected Task<long> PartnerAsync(string name, string organisationNumber, string fields = "") => Acme.NorwegianAsync(name, organisationNumber, fields);

    protected Task<Reply> AskAsync(long partner, string body = "{}") => Acme.PostAsync($"registers/answers/{partner}", body);

    protected Task<Reply> AnswerAsync(long partner) => Acme.GetAsync($"registers/answers/{partner}");

    protected Task<Reply> LeaveAsync(long partner, params string[] fields) => Acme.PostAsync($"registers/answers/{partner}/keep", new { fields });

    /// <summary>The next night comes, and the registers are read.</summary>
    protected async Task NightAsync()
    {
        Dusk();
        await App.Services.GetRequiredService<Nights>().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>It becomes three o'clock of the next night in Stockholm.</summary>
    protected void Dusk()
    {
        var company = new CompanyProfile { TimeZone = "Europe/Stockholm" };
        App.Clock.Advance(company.StartOf(company.Today(App.Clock.GetUtcNow()).AddDays(1)).AddHours(3) - App.Clock.GetUtcNow());
    }

    /// <summary>What a register's reading has to say for itself.</summary>
    internal async Task<RegisterNight> LastNightAsync(string plugin = "bizweb", TestCompany? of = null)
    {
        var company = (await App.Services.GetRequiredService<IAccess>().CompanyAsync((of ?? Acme).Slug, TestContext.Current.CancellationToken))!;
        var docs = await App.Services.GetRequiredService<IDatabase>().QueryAsync(company, "select doc from register_nights where company = @company and plugin = @plugin", [new("plugin", plugin)], row => row.GetString(0), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<RegisterNight>(Assert.Single(docs), Json.State)!;
    }

    /// <summary>The partners in the list, and the fields of each.</summary>
    protected async Task<string> ListAsync(TestCompany? of = null) =>
        string.Join("; ", (await (of ?? Acme).GetAsync("registers/differences")).Body.GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("name").GetString()}: {Fields(i)}"));

    /// <summary>The fields that differ, and what there is to know besides.</summary>
    protected static string Fields(JsonElement answer) => string.Join(' ', answer.GetProperty("differences").EnumerateArray().Concat(answer.GetProperty("alarms").EnumerateArray()).Select(d => d.GetProperty("field").GetString()));

    protected static string Fields(Reply answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToString());
        return Fields(answer.Body);
    }
}

/// <summary>Steps of these tests.</summary>
internal static class Watching
{
    public static async Task<long> NorwegianAsync(this TestCompany company, string name, string organisationNumber, string fields = "")
    {
        var made = await company.PostAsync("partners", $$"""{"name":"{{name}}","country":"NO","relations":["customer"],"organisationNumber":"{{organisationNumber}}"{{(fields.Length == 0 ? "" : $",{fields}")}}}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Body.ToString());
        return made.Body.GetProperty("number").GetInt64();
    }
}
