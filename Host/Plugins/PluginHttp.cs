using System.Net;
using System.Net.Sockets;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>What a plugin's requests of one company go through: allowed hosts, the outside system's limit, another try where that is safe, and a bound on answers.</summary>
internal sealed class PluginHttp(HttpMessageHandler connections, AllowedHosts hosts, Allowance own, Allowance all, PluginLimits limits, TimeProvider clock) : DelegatingHandler(connections)
{
    public const int MaxAnswer = 32 << 20;
    private const int Attempts = 3;
    private readonly Pace _alone = new();

    /// <summary>The connections of one version. Redirects are the plugin's business, because they may lead to other hosts.</summary>
    /// <remarks>Without the system's proxy: it would be the only address that is checked.</remarks>
    /// <param name="allowPrivate">True = also addresses inside our own network, as stand-in servers have. A company's administrator writes addresses in settings, and must not reach our neighbours by them.</param>
    public static SocketsHttpHandler Connections(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, allowPrivate, ct),
    };

    /// <summary>Sends nothing for a while.</summary>
    public void LeaveAlone(TimeSpan asked) => _alone.Pause(asked, clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } address || !hosts.Allow(address)) throw new PluginException(PluginErrorKind.Forbidden, $"The host {request.RequestUri?.Host} is not one that plugin.json or the settings allow.");
        // Asked by name: a sender in free words is none that the typed header can read.
        if (!request.Headers.Contains("User-Agent")) request.Headers.TryAddWithoutValidation("User-Agent", "Crm/1.0");
        var isSafe = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Headers.Contains("Idempotency-Key");
        // What all share is the publisher's own system. An address that a company has set may be anything, and must not use up or stop what others have.
        var (pace, day) = hosts.IsPublishers(address) ? all : own;
        for (var attempt = 1; ; attempt++)
        {
            await TurnAsync(pace, day, cancellationToken);
            HttpResponseMessage? answer = null;
            var backOff = Jittered(200 << attempt);
            try
            {
                answer = await OnceAsync(request, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    // One that does not say how long counts in seconds, not in fractions of one. All requests of this pace wait, this one too.
                    backOff = TimeSpan.Zero;
                    pace.Pause(RetryAfter(answer) ?? Jittered(1_000 << attempt), clock);
                }
                if (!isSafe || attempt == Attempts || !IsPassing(answer.StatusCode))
                {
                    await answer.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken);
                    return answer;
                }
                answer.Dispose();
            }
            catch (HttpRequestException wrapped) when (wrapped.InnerException is PluginException refused) { throw new PluginException(refused.Kind, refused.Message); }
            catch (HttpRequestException tooLarge) when (tooLarge.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                answer?.Dispose();
                throw new PluginException(PluginErrorKind.Unavailable, $"The outside system answered more than {MaxAnswer >> 20} MB.");
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && isSafe && attempt < Attempts) { answer?.Dispose(); }
            await Task.Delay(backOff, clock, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (Recording.Current is not { } recording) return await base.SendAsync(request, ct);
        var start = clock.GetTimestamp();
        try
        {
            var answer = await base.SendAsync(request, ct);
            await recording.TellAsync(request, answer, start, ct);
            return answer;
        }
        catch
        {
            await recording.TellAsync(request, null, start, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Half to one and a half of it, so that those who stumbled together do not come back together.</summary>
    private static TimeSpan Jittered(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds * (0.5 + Random.Shared.NextDouble()));

    /// <summary>Counts a request and waits for its turn. Counted first: whose day is used up has nothing to wait for.</summary>
    private async ValueTask TurnAsync(Pace pace, DailyRequests day, CancellationToken ct)
    {
        _alone.RefusePaused(clock);
        if (limits.RequestsPerDay is { } most) await day.TakeAsync(most, clock, ct);
        try { await pace.WaitAsync(limits, clock, ct); }
        catch
        {
            if (limits.RequestsPerDay is not null) day.GiveBack(clock);
            throw;
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date is { } date ? date - clock.GetUtcNow() : null) : null;

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowPrivate, CancellationToken ct)
    {
        var addresses = (await Dns.GetHostAddressesAsync(host.Host, ct)).Where(a => allowPrivate || !IsPrivate(a)).ToArray();
        if (addresses.Length == 0) throw new PluginException(PluginErrorKind.Forbidden, $"The host {host.Host} is inside this server's own network.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Loopback, link-local, private, unspecified and special addresses (RFC 1918, 4193, 6598, 3927, 6890, 2544), those of cloud providers' own services, and
    /// IPv6 that leads to IPv4 addresses which are not looked at (NAT64, 6to4, Teredo).
    /// </summary>
    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any)) return true;
        var b = address.GetAddressBytes();
        if (address.AddressFamily != AddressFamily.InterNetwork) return b is [0, 0x64, 0xff, 0x9b, ..] or [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..];
        if (b is [192, 0, 0, _] or [198, 18 or 19, _, _] or [168, 63, 129, 16]) return true;
        return b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 172 && b[1] is >= 16 and <= 31) || (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254) || (b[0] == 100 && b[1] is >= 64 and <= 127);
    }
}
