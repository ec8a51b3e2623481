using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Crm.SystemTests;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder, that can be stopped and started. It runs under a shell that ends it when its
/// standard input closes, so that it never outlives the tests, not even when they are killed.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>What is missing on a machine where the tests cannot start a server.</summary>
    public const string Missing =
        "PostgreSQL's server programs (initdb, postgres) were not found. Install them (Debian: apt-get install postgresql), or name a server in CRM_TEST_POSTGRES, or set CRM_TEST_NO_POSTGRES=1 to go without.";

    /// <summary>Server programs refuse to run as root; one of these accounts takes its place.</summary>
    private static readonly string[] Accounts = ["postgres", "nobody"];

    private readonly string _programs;
    private readonly string? _account;
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port;
    private Process? _shell;

    private PostgresCluster(string programs, string? account, string folder, int port) => (_programs, _account, Folder, _port) = (programs, account, folder, port);

    /// <summary>Holds the cluster, its socket and its log.</summary>
    public string Folder { get; }

    /// <summary>Connects as the superuser.</summary>
    public string Admin => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = "admin", Password = _password, Database = "postgres", Timeout = 5,
    }.ToString();

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="dataFolder">Where the data goes; null = beside the rest. Must be empty.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<PostgresCluster> StartNewAsync(CancellationToken ct, string? dataFolder = null)
    {
        var programs = Programs() ?? throw new InvalidOperationException(Missing);
        var account = Environment.IsPrivilegedProcess ? await AccountAsync(ct) : null;
        var cluster = new PostgresCluster(programs, account, Directory.CreateTempSubdirectory("crm-pg-").FullName, FreePort());
        try
        {
            await cluster.InitialiseAsync(dataFolder, ct);
            await cluster.StartAsync(ct);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folder with the server programs; null = not installed.</summary>
    public static string? Programs()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(debian)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        _shell = Start("sh", "-c", "\"$@\" > \"$0\" 2>&1 & server=$!; cat > /dev/null; kill -INT $server; wait $server", Path.Combine(Folder, "log"),
            Path.Combine(_programs, "postgres"), "-D", Path.Combine(Folder, "data"), "-k", Folder, "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on", "-c", "max_connections=300", "-c", "shared_buffers=64MB");
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Admin) { Pooling = false });
        await using var _ = source;
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50, ct))
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(60) && !_shell.HasExited)
            {
                // Not up yet.
            }
            catch (NpgsqlException never)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {await File.ReadAllTextAsync(Path.Combine(Folder, "log"), ct)}", never);
            }
        }
    }

    /// <summary>Stops the server at once ("fast": connections are cut, nothing that was committed is lost).</summary>
    public async Task StopAsync()
    {
        if (_shell is not { } shell) return;
        _shell = null;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task InitialiseAsync(string? dataFolder, CancellationToken ct)
    {
        var (data, passwordFile) = (Path.Combine(Folder, "data"), Path.Combine(Folder, "password"));
        if (dataFolder is null) Directory.CreateDirectory(data);
        else Directory.CreateSymbolicLink(data, dataFolder);
        await File.WriteAllTextAsync(passwordFile, _password, ct);
        if (_account is not null) await RunAsync(["chown", "-R", $"{_account}:", Folder, dataFolder ?? data], asRoot: true, ct);
        // A language's order, not the bytes': what lists answer must not depend on the server's locale.
        await RunAsync([Path.Combine(_programs, "initdb"), "-D", data, "-U", "admin", "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--locale-provider=icu", "--icu-locale=sv-SE", "--wal-segsize=1"], asRoot: false, ct);
        File.Delete(passwordFile);
    }

    private static async Task<string> AccountAsync(CancellationToken ct)
    {
        var known = await File.ReadAllLinesAsync("/etc/passwd", ct);
        return Accounts.FirstOrDefault(account => known.Any(line => line.StartsWith($"{account}:", StringComparison.Ordinal)))
            ?? throw new InvalidOperationException($"PostgreSQL does not run as root, and none of the accounts {string.Join(", ", Accounts)} exists to run it as.");
    }

    private Process Start(params ReadOnlySpan<string> command)
    {
        string[] words = _account is null ? [.. command] : ["runuser", "-u", _account, "--", .. command];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, WorkingDirectory = Folder };
        return Process.Start(start)!;
    }

    private async Task RunAsync(string[] command, bool asRoot, CancellationToken ct)
    {
        string[] words = asRoot || _account is null ? command : ["runuser", "-u", _account, "--", .. command];
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(command[0])} failed: {await output}{await errors}");
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
