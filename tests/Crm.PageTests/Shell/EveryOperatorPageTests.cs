using System.Security.Cryptography;

namespace Crm.PageTests.Shell;

/// <summary>Every page of who runs the server, in both sizes and by night.</summary>
public sealed class EveryOperatorPageTests(Site site)
{
    public static TheoryData<string> Paths { get; } = [.. PageLook.PathsIn("operator/pages.ts", "operator/").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Paths))]
    public async Task Has_no_barrier_no_complaint_and_no_sideways_scrolling(string path)
    {
        await site.InstallAsync("Bizweb");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using (var before = await site.OperatorAsync()) await before.PostAsync("publishers", new { name = "nordvik-plugins", publicKey = key.ExportSubjectPublicKeyInfoPem() });
        foreach (var (width, scheme) in ((int, ColorScheme)[])[(1440, ColorScheme.Light), (390, ColorScheme.Light), (1440, ColorScheme.Dark)])
        {
            await using var desk = await site.OperatorAsync(width, scheme);
            await PageLook.LookAsync(desk, path["operator/".Length..], path, width);
        }
    }
}
