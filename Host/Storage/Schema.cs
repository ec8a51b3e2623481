using System.Globalization;
using System.Reflection;
using System.Text;

namespace Crm.Host.Storage;

/// <summary>One numbered, forward-only schema script of a module.</summary>
internal sealed record SchemaScript(string Module, int Number, string Name, string Text)
{
    /// <summary>The scripts inside an assembly, named <c>001-what-it-does.sql</c>.</summary>
    public static IEnumerable<SchemaScript> In(Assembly assembly, string module)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(module, int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    /// <summary>The script as one database reads it: other dialects' lines and comments left out.</summary>
    public string For(string dialect)
    {
        var text = new StringBuilder();
        foreach (var line in Text.Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith($"--{dialect}:", StringComparison.Ordinal)) text.AppendLine(trimmed[(dialect.Length + 3)..]);
            else if (!trimmed.StartsWith("--", StringComparison.Ordinal)) text.AppendLine(line);
        }
        return text.ToString();
    }
}

/// <summary>Decides which scripts a database still needs.</summary>
internal static class SchemaPlan
{
    /// <summary>The table that says what was run.</summary>
    public const string Table = "create table if not exists schema_scripts (module text not null, number bigint not null, name text not null, applied_at bigint not null, primary key (module, number))";

    /// <summary>The scripts to run, in order.</summary>
    /// <exception cref="StorageException">A newer program has been here: this one would not know what it writes.</exception>
    public static IReadOnlyList<SchemaScript> Missing(IReadOnlyList<SchemaScript> known, IReadOnlyCollection<(string Module, int Number)> applied)
    {
        foreach (var module in known.GroupBy(s => s.Module))
        {
            var newest = applied.Where(a => a.Module == module.Key).Select(a => a.Number).DefaultIfEmpty().Max();
            if (newest > module.Max(s => s.Number))
                throw new StorageException($"The database was written by a newer version of this program: schema {module.Key} is at {newest}, this program knows {module.Max(s => s.Number)}. Start the newer version.");
        }
        return [.. known.Where(s => !applied.Contains((s.Module, s.Number)))];
    }
}
