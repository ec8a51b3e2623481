namespace Crm;

/// <summary>What a module does once when a host starts, before requests should be sent there. The host says that it is ready when all are done, and after a minute at the latest.</summary>
public interface IWarmUp
{
    /// <summary>Ends when it is done.</summary>
    Task Done { get; }
}
