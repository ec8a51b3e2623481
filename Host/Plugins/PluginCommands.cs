using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Host.Plugins;

/// <summary><c>crm plugin …</c>: what an author needs besides a compiler. Nothing here asks a server or a database.</summary>
internal static class PluginCommands
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Usage = """
        crm plugin key <name>                              makes a publisher's keys: <name>.key, which you keep, and <name>.pub, which operators trust
        crm plugin pack <folder> [--out <file>]            packs what dotnet publish wrote, with plugin.json
        crm plugin sign <package> --key <name>.key         signs a package
        crm plugin verify <package> [--trust <name>.pub]   does what a server does before a version serves: checks, loads, starts, asks for its health, unloads
        crm plugin run <package> search <country> <text>   asks a register, with --settings <file.json>
        crm plugin run <package> get <country> <number>
        """;

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code: 0 = done, 1 = refused, 2 = not understood.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        try
        {
            switch (args)
            {
                case ["key", var name]: return Key(name, output);
                case ["pack", var folder, .. var more]: return Pack(folder, Option(more, "--out"), output);
                case ["sign", var package, "--key", var key]: return Sign(package, key, output);
                case ["verify", var package, .. var more]: return await VerifyAsync(package, Option(more, "--trust"), output);
                case ["run", var package, "search" or "get", var country, var text, .. var more]: return await AskAsync(package, args[2] == "search", country, text, Option(more, "--settings"), output);
                default:
                    await output.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (PackageException refused)
        {
            await output.WriteLineAsync($"{refused.Code}: {refused.Message}");
            return 1;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or CryptographicException or ArgumentException)
        {
            await output.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    private static string? Option(string[] args, string name) => args is [var given, var value] && given == name ? value : args.Length == 0 ? null : throw new ArgumentException($"Not understood: {string.Join(' ', args)}");

    private static int Key(string name, TextWriter output)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream($"{name}.key", options))
        using (var text = new StreamWriter(file)) text.WriteLine(key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText($"{name}.pub", key.ExportSubjectPublicKeyInfoPem() + "\n");
        output.WriteLine($"{name}.key is the private key: keep it to yourself. {name}.pub ({PluginSignature.KeyId(key)}) is what operators trust.");
        return 0;
    }

    private static int Pack(string folder, string? to, TextWriter output)
    {
        var package = PluginPackage.PackFolder(folder);
        PackageInspector.Inspect(package);
        to ??= $"{package.Manifest.Id}-{package.Manifest.Version}.plugin.zip";
        File.WriteAllBytes(to, package.Zip);
        output.WriteLine($"{to}: {package.Files.Count} files, {package.Zip.Length / 1024} KB");
        return 0;
    }

    private static int Sign(string package, string keyFile, TextWriter output)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        var signed = PluginSignature.Sign(PluginPackage.Read(File.ReadAllBytes(package)), key);
        File.WriteAllBytes(package, signed.Zip);
        output.WriteLine($"{package}: signed by {signed.Manifest.Publisher} with key {PluginSignature.KeyId(key)}");
        return 0;
    }

    private static async Task<int> VerifyAsync(string file, string? trust, TextWriter output)
    {
        var package = PluginPackage.Read(await File.ReadAllBytesAsync(file));
        var pem = trust is null ? null : await File.ReadAllTextAsync(trust);
        var signed = pem is null ? null : PluginSignature.Verify(package, (_, _) => pem);
        await output.WriteLineAsync(signed is not null ? $"signed by {signed.Publisher}, key {signed.Key}" : pem is null ? "signature not checked: name a key with --trust" : "not signed");
        await WithVersionAsync(package, async version =>
        {
            await output.WriteLineAsync($"{version.Manifest.Id} {version.Manifest.Version} starts and is healthy");
        });
        return pem is not null && signed is null ? 1 : 0;
    }

    private static async Task<int> AskAsync(string file, bool isSearch, string country, string text, string? settingsFile, TextWriter output)
    {
        var package = PluginPackage.Read(await File.ReadAllBytesAsync(file));
        var schema = package.Manifest.Settings;
        var given = settingsFile is null ? "{}" : await File.ReadAllTextAsync(settingsFile);
        using var json = JsonDocument.Parse(given);
        if (schema.Refuses(json.RootElement).Select(p => $"{p.Name} {p.Problem}").ToArray() is { Length: > 0 } problems) throw new ArgumentException($"Settings: {string.Join(' ', problems)}");
        var settings = new PluginSettings(schema.WithDefaults(json.RootElement));
        var hosts = schema.Properties.Where(p => p.Value.IsHost && settings.Text(p.Key) is not null).Select(p => new Uri(settings.Text(p.Key)!).IdnHost).ToHashSet();
        var connection = new PluginConnection(new(1, "local"), settings, hosts, new MemoryStore());
        var failed = false;
        await WithVersionAsync(package, async version =>
        {
            var slot = new PluginSlot(version.Manifest.Id, new NoLedger());
            slot.Publish(new Routes(version, System.Collections.Frozen.FrozenDictionary<int, PluginVersion>.Empty));
            using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
            var calls = new GuardedCalls(new(meters.GetRequiredService<IMeterFactory>()), TimeProvider.System, NullLoggerFactory.Instance);
            if (isSearch) await TellAsync(await calls.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(slot, connection, new() { Text = text, Country = country }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), CancellationToken.None));
            else await TellAsync(await calls.CallAsync<ICompanyRegister, (string Country, string Number), RegisterCompany?>(slot, connection, (country, text), static (register, call, asked, ct) => register.GetAsync(call, asked.Country, asked.Number, ct), CancellationToken.None));
        });
        return failed ? 1 : 0;

        Task TellAsync<T>(Contracts.PluginAnswer<T> answer)
        {
            failed = answer.Failure is not null;
            return output.WriteLineAsync(answer.Failure is { } failure ? $"{failure.Kind}: {failure.Detail}" : JsonSerializer.Serialize(answer.Value, Readable));
        }
    }

    /// <summary>Loads a version as a server does, uses it, and sees it leave memory.</summary>
    private static async Task WithVersionAsync(PluginPackage package, Func<PluginVersion, Task> use)
    {
        var folder = Directory.CreateTempSubdirectory("crm-plugin-").FullName;
        try
        {
            var retirement = await UseAsync(package, folder, use);
            if (retirement.Gone is null) throw new PackageException("plugin.stays", "It does not leave memory when it is unloaded: something of it, such as a timer, a thread or a static event, is still registered.");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<Retirement> UseAsync(PluginPackage package, string folder, Func<PluginVersion, Task> use)
    {
        var (version, refused) = await new PluginLoader(new() { Folder = folder, AllowPrivateAddresses = true }, TimeProvider.System).LoadAsync(package);
        try
        {
            if (refused is not null) throw refused;
            await use(version);
        }
        catch
        {
            await version.StopAsync(TimeProvider.System);
            throw;
        }
        return await version.RetireAsync(TimeProvider.System, TimeSpan.FromSeconds(15));
    }

    /// <summary>Whoever tries a plugin here sends a few requests, and nothing keeps them for tomorrow.</summary>
    private sealed class NoLedger : IRequestLedger
    {
        public Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most) => Task.FromResult(most);
    }

    private sealed class MemoryStore : IPluginStore
    {
        private readonly Dictionary<string, string> _values = [];

        public ValueTask<string?> GetAsync(string key, CancellationToken ct) => ValueTask.FromResult(_values.GetValueOrDefault(key));

        public ValueTask SetAsync(string key, string? value, CancellationToken ct)
        {
            if (value is null) _values.Remove(key);
            else _values[key] = value;
            return ValueTask.CompletedTask;
        }
    }
}
