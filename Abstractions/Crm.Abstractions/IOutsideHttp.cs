namespace Crm;

/// <summary>Requests of the server itself to systems outside, whose addresses a company's administrator writes: not into our own network unless the operator allows it, and no redirects.</summary>
public interface IOutsideHttp
{
    /// <summary>Gives up after 20 seconds and on answers above 1 MB. Not to be disposed.</summary>
    HttpClient Client { get; }
}
