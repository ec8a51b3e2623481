namespace Crm.Plugins.Packages;

/// <summary>Counts the requests that plugins send in a day (<see cref="PluginLimits.RequestsPerDay"/>): durably, and for all hosts of an installation together.</summary>
public interface IRequestLedger
{
    /// <summary>Takes some of a day's requests in one step that no other host comes between. Those that are taken and never sent are lost.</summary>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="company">Whose requests; company 0 where all companies have one number together.</param>
    /// <param name="day">The day in UTC. An earlier one than a host has counted already has no requests left.</param>
    /// <param name="limit">How many there are in a day.</param>
    /// <param name="most">How many to take if so many are left, from 1.</param>
    /// <returns>How many were taken; 0 = the day's are used up.</returns>
    /// <exception cref="StorageException">The database does not answer; nothing is known to be left.</exception>
    Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most);
}
