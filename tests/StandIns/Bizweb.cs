using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>Enhetsregisteret as it answers: pages without <c>_embedded</c> when there is nothing, deleted units in a few words, removed ones not at all.</summary>
public static class Bizweb
{
    private const string Base = "/enhetsregisteret/api";
    private const int MostInReach = 10_000, Changes = 5_300;
    private static readonly DateTimeOffset FirstChange = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["AS"] = "Aksjeselskap", ["ASA"] = "Allmennaksjeselskap", ["ENK"] = "Enkeltpersonforetak", ["SA"] = "Samvirkeforetak", ["FLI"] = "Forening/lag/innretning",
        ["NUF"] = "Norskregistrert utenlandsk foretak", ["BEDR"] = "Underenhet til næringsdrivende og offentlig forvaltning",
    };

    /// <summary>Maps the register's routes.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet($"{Base}/enheter", context => ListAsync(context, BizwebUnits.Units, "enheter"));
        app.MapGet($"{Base}/underenheter", context => ListAsync(context, BizwebUnits.SubUnits, "underenheter"));
        app.MapGet($"{Base}/enheter/{{number}}", context => OneAsync(context, BizwebUnits.Units));
        app.MapGet($"{Base}/underenheter/{{number}}", context => OneAsync(context, BizwebUnits.SubUnits));
        app.MapGet($"{Base}/oppdateringer/enheter", context => FeedAsync(context, BizwebUnits.Units, "oppdaterteEnheter", Changes));
        app.MapGet($"{Base}/oppdateringer/underenheter", context => FeedAsync(context, BizwebUnits.SubUnits, "oppdaterteUnderenheter", 120));
    }

    private static Task OneAsync(HttpContext context, BizwebUnit[] register)
    {
        var number = (string)context.Request.RouteValues["number"]!;
        if (number.Length != 9 || !number.All(char.IsAsciiDigit)) return RefuseAsync(context, $"organisasjonsnummer: {number} er ikke et gyldig organisasjonsnummer");
        var unit = Array.Find(register, u => u.Number == number);
        if (unit is null or { IsRemoved: true })
        {
            context.Response.StatusCode = unit is null ? 404 : 410;
            return Task.CompletedTask;
        }
        return AnswerAsync(context, Json(unit));
    }

    private static Task ListAsync(HttpContext context, BizwebUnit[] register, string key)
    {
        var query = context.Request.Query;
        var found = register.Where(u => u is { IsRemoved: false, DeletedOn: null });
        if (query["organisasjonsnummer"] is [{ Length: > 0 } numbers]) found = found.Where(u => numbers.Split(',').Contains(u.Number));
        if (query["overordnetEnhet"] is [{ Length: > 0 } parent]) found = found.Where(u => u.Parent == parent);
        if (query["navn"] is [{ Length: > 0 } name]) found = Named(found, name, query["navnMetodeForSoek"] == "FORTLOEPENDE");
        return PageAsync(context, [.. found], key, Json);
    }

    /// <summary>Continuous: the text as it stands, at the beginning of a word. Otherwise any of its words, more of them first.</summary>
    private static IEnumerable<BizwebUnit> Named(IEnumerable<BizwebUnit> units, string text, bool isContinuous) => isContinuous
        ? units.Select(u => (Unit: u, At: $" {u.Name}".IndexOf($" {text}", StringComparison.OrdinalIgnoreCase))).Where(hit => hit.At >= 0).OrderBy(hit => hit.At).ThenBy(hit => hit.Unit.Name.Length).Select(hit => hit.Unit)
        : units.Select(u => (Unit: u, Score: text.Split(' ').Count(word => u.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))).Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score).Select(hit => hit.Unit);

    /// <summary>One change an hour, of each unit in turn.</summary>
    private static Task FeedAsync(HttpContext context, BizwebUnit[] register, string key, int count)
    {
        var query = context.Request.Query;
        var changes = Enumerable.Range(1, count).Select(id => (Id: id, At: FirstChange.AddHours(id), Unit: register[id % register.Length]));
        if (query["oppdateringsid"] is [{ Length: > 0 } from]) changes = changes.Where(c => c.Id >= long.Parse(from, CultureInfo.InvariantCulture));
        if (query["dato"] is [{ Length: > 0 } since]) changes = changes.Where(c => c.At >= DateTimeOffset.Parse(since, CultureInfo.InvariantCulture));
        return PageAsync(context, [.. changes], key, c => new JsonObject
        {
            ["oppdateringsid"] = c.Id, ["dato"] = c.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["organisasjonsnummer"] = c.Unit.Number,
            ["endringstype"] = c.Unit.IsRemoved ? "Fjernet" : c.Unit.DeletedOn is not null ? "Sletting" : "Endring",
        });
    }

    private static Task PageAsync<T>(HttpContext context, T[] all, string key, Func<T, JsonObject> json)
    {
        var (size, page) = (Number(context, "size") ?? 20, Number(context, "page") ?? 0);
        if ((page + 1) * size > MostInReach) return RefuseAsync(context, $"(page+1)*size kan ikke være større enn {MostInReach}");
        var part = all.Skip(page * size).Take(size).Select(json).ToArray<JsonNode>();
        var answer = new JsonObject
        {
            ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = $"{context.Request.Path}{context.Request.QueryString}" } },
            ["page"] = new JsonObject { ["size"] = size, ["totalElements"] = all.Length, ["totalPages"] = (all.Length + size - 1) / size, ["number"] = page },
        };
        if (part.Length > 0) answer["_embedded"] = new JsonObject { [key] = new JsonArray(part) };
        return AnswerAsync(context, answer);
    }

    private static JsonObject Json(BizwebUnit unit)
    {
        var json = new JsonObject { ["organisasjonsnummer"] = unit.Number, ["navn"] = unit.Name, ["organisasjonsform"] = Code(unit.Form, Forms[unit.Form]) };
        if (unit.DeletedOn is { } deleted)
        {
            json["slettedato"] = deleted;
            return json;
        }
        foreach (var (name, value) in new[] { ("hjemmeside", unit.Website), ("epostadresse", unit.Email), ("telefon", unit.Phone), ("nedleggelsesdato", unit.ClosedOn), ("overordnetEnhet", unit.Parent) })
        {
            if (!string.IsNullOrEmpty(value)) json[name] = value;
        }
        var isAbroad = unit.Note == "utland";
        json[unit.Parent is null ? "forretningsadresse" : "beliggenhetsadresse"] = Address(unit, isAbroad, unit.Street, null, null, "");
        if (unit.Employees > 200) json["postadresse"] = Address(unit, isAbroad, "c/o Fakturamottak", "Postboks 17 Sentrum", null);
        json["registreringsdatoEnhetsregisteret"] = unit.Founded;
        json[unit.Parent is null ? "stiftelsesdato" : "oppstartsdato"] = unit.Founded;
        json["registrertIMvaregisteret"] = unit.IsVatRegistered;
        json["naeringskode1"] = Code(unit.Code, unit.Industry);
        // Fewer than five are registered and not told.
        json["harRegistrertAntallAnsatte"] = unit.Employees is not null || unit.Form != "FLI";
        if (unit.Employees >= 5) json["antallAnsatte"] = unit.Employees;
        json["konkurs"] = unit.Note.StartsWith("konkurs", StringComparison.Ordinal);
        json["konkursdato"] = unit.Note.StartsWith("konkurs ", StringComparison.Ordinal) ? unit.Note["konkurs ".Length..] : "";
        json["underAvvikling"] = unit.Note == "avvikling";
        json["underTvangsavviklingEllerTvangsopplosning"] = unit.Note == "tvang";
        return json;
    }

    private static JsonObject Address(BizwebUnit unit, bool isAbroad, params string?[] lines) => new()
    {
        ["land"] = isAbroad ? "Sverige" : "Norge", ["landkode"] = isAbroad ? "SE" : "NO", ["postnummer"] = unit.PostCode, ["poststed"] = unit.City, ["adresse"] = new JsonArray([.. lines.Select(line => (JsonNode?)line)]),
    };

    private static JsonObject Code(string code, string text) => new() { ["kode"] = code, ["beskrivelse"] = text };

    private static int? Number(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text] ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = 400;
        return AnswerAsync(context, new() { ["error"] = "Bad Request", ["trace"] = context.TraceIdentifier, ["validationErrors"] = new JsonArray(new JsonObject { ["errorMessage"] = message }) });
    }

    private static Task AnswerAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = context.Request.Headers.Accept.FirstOrDefault(a => a!.Contains("vnd.brreg", StringComparison.Ordinal)) ?? "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
