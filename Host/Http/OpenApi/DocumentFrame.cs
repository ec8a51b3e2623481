using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>Whom to ask about this server's API; the section <c>Api:Contact</c> of appsettings.json.</summary>
internal sealed class ContactOptions
{
    public string Name { get; set; } = "The operator of this server";

    public string Url { get; set; } = "https://crm.example";

    public string Email { get; set; } = "operator@crm.example";
}

/// <summary>What stands around the operations: who, where, the modules, and the parts that operations refer to.</summary>
internal sealed class DocumentFrame(IReadOnlyList<IModule> modules, Schemas schemas, ContactOptions contact) : IOpenApiDocumentTransformer
{
    private const string Description =
        "A CRM for several companies. Everything of a company is below `/api/v1/{company}`; what belongs to another company cannot be told from what does not exist.\n\n"
        + "JSON in camelCase; money is an amount with its currency, dates are calendar days, instants are UTC. Every error is a problem (RFC 9457) with a stable code. "
        + "Writes take conditions: `If-Match`, `Idempotency-Key` and `Prefer: dry-run`. Lists have filters by field, an order, and cursors that never skip or repeat a row.";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "CRM", Version = "1.0.0", Description = Description,
            Contact = new() { Name = contact.Name, Url = new(contact.Url), Email = contact.Email },
            License = new() { Name = "MIT", Url = new("https://opensource.org/license/mit") },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server." }];
        document.Tags = Tags().OrderBy(t => t.Name, StringComparer.Ordinal).ToHashSet();
        foreach (var (name, parameter) in Parts.Parameters) document.AddComponent(name, parameter);
        foreach (var (name, header) in Parts.Headers) document.AddComponent(name, header);
        foreach (var (name, scheme) in Parts.SignIns) document.AddComponent(name, scheme);
        document.AddComponent(nameof(ProblemView), await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellationToken));
        ProblemResponses.AddTo(document);
        schemas.Complete(document);
        Examples.AddTo(document, modules);
    }

    private IEnumerable<OpenApiTag> Tags() =>
    [
        .. modules.Select(m => new OpenApiTag { Name = m.Name, Description = m.Description }),
        new() { Name = "events", Description = "The journal of a company: every change, in the order in which it was made." },
        new() { Name = "server", Description = "The program itself: its health, its metrics and this document. No credentials." },
        new() { Name = "session", Description = "Signing in and out with a cookie, for browsers." },
    ];
}
