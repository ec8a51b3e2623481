using System.Text.Json;
using Crm.Host.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Plugins;

/// <summary><c>crm plugin …</c> as an author calls it.</summary>
public sealed class PluginCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-author-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_plugin_is_packed_signed_and_verified()
    {
        Assert.Equal(0, (await RunAsync("key", In("acme"))).Code);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("acme.key")));
        Assert.Contains("already exists", (await RunAsync("key", In("acme"))).Output, StringComparison.Ordinal);
        var packed = await RunAsync("pack", Folder("V1"), "--out", In("test.zip"));
        Assert.True(packed.Code == 0 && packed.Output.Contains("files", StringComparison.Ordinal), packed.Output);
        Assert.Equal((1, "not signed"), FirstLine(await RunAsync("verify", In("test.zip"), "--trust", In("acme.pub"))));
        Assert.Equal(0, (await RunAsync("sign", In("test.zip"), "--key", In("acme.key"))).Code);
        var verified = await RunAsync("verify", In("test.zip"), "--trust", In("acme.pub"));
        Assert.True(verified.Code == 0, verified.Output);
        Assert.Matches("signed by acme, key [0-9a-f]{16}\ntest 1.0.0 starts and is healthy\n", verified.Output);
        await RunAsync("key", In("other"));
        Assert.Equal((1, "signature.wrong: The signature is not that of acme."), FirstLine(await RunAsync("verify", In("test.zip"), "--trust", In("other.pub"))));
    }

    [Theory, InlineData("ThrowsAtStart", "plugin.start: "), InlineData("Leaky", "plugin.stays: ")]
    public async Task What_a_server_would_refuse_or_not_get_rid_of_is_said(string type, string reason)
    {
        await RunAsync("pack", Folder(type), "--out", In("bad.zip"));
        var (code, output) = await RunAsync("verify", In("bad.zip"));
        Assert.Equal(1, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_is_asked_from_the_command_line()
    {
        await using var standIn = await StandIn.StartAsync(Bizweb.Map);
        await RunAsync("pack", BuiltPlugins.Folder("Bizweb"), "--out", In("bizweb.zip"));
        await File.WriteAllTextAsync(In("settings.json"), $$"""{ "address": "{{standIn.Address}}enhetsregisteret/api" }""", TestContext.Current.CancellationToken);
        var found = await RunAsync("run", In("bizweb.zip"), "search", "NO", "nordlys k", "--settings", In("settings.json"));
        Assert.True(found.Code == 0, found.Output);
        Assert.Equal("999999026", JsonDocument.Parse(found.Output).RootElement[0].GetProperty("organisationNumber").GetString());
        var company = await RunAsync("run", In("bizweb.zip"), "get", "NO", "999999018", "--settings", In("settings.json"));
        Assert.Equal("NORDFJORD ENERGI ASA", JsonDocument.Parse(company.Output).RootElement.GetProperty("name").GetString());
        await File.WriteAllTextAsync(In("settings.json"), """{ "adress": "https://register.example" }""", TestContext.Current.CancellationToken);
        Assert.Equal((1, "Settings: adress is no setting of this plugin."), FirstLine(await RunAsync("run", In("bizweb.zip"), "get", "NO", "999999018", "--settings", In("settings.json"))));
    }

    [Fact]
    public async Task What_is_not_understood_or_not_there_is_said_in_a_line()
    {
        var (code, usage) = await RunAsync("fly");
        Assert.True(code == 2 && usage.Contains("crm plugin pack <folder>", StringComparison.Ordinal), usage);
        Assert.Equal(1, (await RunAsync("verify", In("nothing.zip"))).Code);
        await File.WriteAllTextAsync(In("text.zip"), "no zip", TestContext.Current.CancellationToken);
        Assert.StartsWith("package.unreadable: ", (await RunAsync("verify", In("text.zip"))).Output, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string Folder(string type)
    {
        var folder = Directory.CreateDirectory(In(type)).FullName;
        foreach (var (name, content) in TestPackages.Files(type)) File.WriteAllBytes(Path.Combine(folder, name), content);
        return folder;
    }

    private static (int Code, string Line) FirstLine((int Code, string Output) said) => (said.Code, said.Output.Split('\n')[0].TrimEnd('\r'));

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        return (await PluginCommands.RunAsync(args, output), output.ToString());
    }
}
