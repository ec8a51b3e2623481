using System.Security.Cryptography;
using Crm.Host.Actors;
using Crm.SystemTests.Storage;
using Crm.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Crm.Host.Grains;

/// <summary>The one grain that Orleans keeps: its reminder and its row, by the statements that this program gives Orleans.</summary>
public sealed class HousekeepingTests(PostgresDatabases databases) : IClassFixture<PostgresDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task House_is_kept_once_for_the_cluster_and_the_time_of_it_is_remembered()
    {
        var database = await databases.NewAsync(Ct);
        await using var app = CrmApp.With(database.ServerSettings);
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        Assert.Equal([("hourly", 3_600_000L)], await database.SelectAsync("select name, period from grain_reminders", row => (row.GetString(0), row.GetInt64(1)), Ct));
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), s => s is Housekeeping);

        var house = grains.GetGrain<IHousekeepingGrain>(0);
        Func<string, TickStatus, Task> remind = house.AsReference<IRemindable>().ReceiveReminder;
        await house.BeginAsync();
        Assert.Equal([0], await database.SelectAsync("select version from grain_reminders", row => row.GetInt32(0), Ct));
        for (var time = 1; time <= 2; time++) await remind("hourly", default);
        // The second came too soon.
        Assert.Equal([1], await database.SelectAsync("select version from grain_rows", row => row.GetInt32(0), Ct));
        Assert.Equal([3], await database.SelectAsync("select status from cluster_silos", row => row.GetInt32(0), Ct));
    }

    [Theory]
    [InlineData("001-silos.sql", "449a677992857ff236109f8a2bb72266c4ebe33e83e8120bf671089f28a3a34d")]
    [InlineData("002-housekeeping.sql", "82506aefa2e037a6fee9ec9fc4d4f4da2785d1d6fdc32ead0a44f871a79d8f01")]
    public void A_script_that_has_landed_is_never_changed(string script, string hash)
    {
        using var stream = typeof(SiloSetup).Assembly.GetManifestResourceStream(script)!;
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
