using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Crm.Host.Http;

/// <summary>The keys that cookies are encrypted with, in the database: so a cookie holds on every host and after a restart.</summary>
internal sealed class DatabaseKeys(IDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Wait(() => database.QueryAsync(CompanyRef.System,
        "select xml from data_protection where company = @company order by name", [], row => XElement.Parse(row.GetString(0)), CancellationToken.None));

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        Wait(() => database.ExecuteAsync(CompanyRef.System, "insert into data_protection (company, name, xml) values (@company, @name, @xml) on conflict (company, name) do update set xml = excluded.xml",
            [new("name", friendlyName), new("xml", element.ToString(SaveOptions.DisableFormatting))], CancellationToken.None));
    }

    /// <summary>The framework asks for keys synchronously, at start and about once a day: one thread may wait for that.</summary>
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
