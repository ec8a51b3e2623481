using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crm.Host.Http;

/// <summary>The section <c>Limits</c> of appsettings.json.</summary>
internal sealed class LimitOptions
{
    /// <summary>Requests in a minute, for each API key, user, or address of somebody who has not signed in. 0 = no limit.</summary>
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>Sign-ins in a minute, for each address and e-mail. 0 = no limit.</summary>
    public int SignInsPerMinute { get; set; } = 10;
}

/// <summary>Counts by the minute: cheap, and its memory is bounded by forgetting past minutes.</summary>
internal sealed class RateLimits(TimeProvider clock)
{
    public static readonly Refusal Refusal = new((RefusalKind)429, "rate.limited", "Too many requests in this minute. Retry-After says when to go on.");

    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(int Company, string Name), Window> _windows = new();

    /// <summary>Counts one more.</summary>
    /// <returns>How many are left in this minute, negative when it is too many, and the seconds until the next minute.</returns>
    public (int Left, int Seconds) Take(int company, string name, int limit)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var (minute, seconds) = (now / 60, 60 - (int)(now % 60));
        if (!_windows.TryGetValue((company, name), out var window))
        {
            if (_windows.Count >= Most) Forget(minute);
            window = _windows.GetOrAdd((company, name), _ => new Window());
        }
        return (limit - window.Count(minute), seconds);
    }

    /// <summary>Where an anonymous request comes from. An IPv6 customer has a whole /64, so that is one address.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString() : address?.ToString() ?? "local";
    }

    private void Forget(long minute)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.Minute != minute) _windows.TryRemove(key, out _);
        }
        if (_windows.Count >= Most) _windows.Clear();
    }

    private sealed class Window
    {
        private readonly Lock _turning = new();
        private long _minute;
        private int _used;

        public long Minute => Volatile.Read(ref _minute);

        public int Count(long minute)
        {
            if (Minute != minute)
            {
                lock (_turning)
                {
                    if (_minute != minute) (_used, _minute) = (0, minute);
                }
            }
            return Interlocked.Increment(ref _used);
        }
    }
}

/// <summary>Limits each caller, and says in every answer how much is left.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits, LimitOptions options)
{
    private readonly string _limit = options.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);

    public Task InvokeAsync(HttpContext context)
    {
        if (options.RequestsPerMinute <= 0 || context.Features.Get<SignedIn>() is not { } who) return next(context);
        var (left, seconds) = who.Key is { } key ? limits.Take(key.CompanyId, key.Caller.Name, options.RequestsPerMinute)
            : limits.Take(0, who.User?.CallerName ?? RateLimits.AddressOf(context), options.RequestsPerMinute);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = _limit;
        headers["RateLimit-Remaining"] = Math.Max(left, 0).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = seconds.ToString(CultureInfo.InvariantCulture);
        return left >= 0 ? next(context) : RefuseAsync(context, seconds);
    }

    private static Task RefuseAsync(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.WriteAsync(context, RateLimits.Refusal);
    }
}
