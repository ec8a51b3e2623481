using System.Diagnostics;

namespace Crm.SystemTests.Outages;

/// <summary>A folder on a disk of its own (a tmpfs) that a test can fill to the last byte, and empty again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Mounts it; null where the tests may not (that takes root's rights).</summary>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("crm-disk-").FullName;
        if (Environment.IsPrivilegedProcess && await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "none", folder], ct)) return new(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        // Large pieces first, then bytes, until nothing fits.
        for (var piece = new byte[1 << 20]; piece.Length > 0; piece = new byte[piece.Length / 16])
        {
            try
            {
                while (true) filler.Write(piece);
            }
            catch (IOException)
            {
                // This much does not fit any more.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", ["-l", Folder], CancellationToken.None);
        Directory.Delete(Folder);
    }

    internal static async Task<bool> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0;
    }
}
