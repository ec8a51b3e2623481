namespace Crm.Host.Plugins;

/// <summary>The server's own requests to systems outside, over the kind of connections that plugins have.</summary>
internal sealed class OutsideHttp(PluginOptions options) : IOutsideHttp, IDisposable
{
    public HttpClient Client { get; } = new(PluginHttp.Connections(options.AllowPrivateAddresses)) { Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = 1 << 20, DefaultRequestHeaders = { { "User-Agent", "Crm/1.0" } } };

    public void Dispose() => Client.Dispose();
}
