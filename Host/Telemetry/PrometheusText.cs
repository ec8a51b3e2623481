using System.Globalization;
using System.Text;

namespace Crm.Host.Telemetry;

/// <summary>Writes the text format that Prometheus reads, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16 * 1024);

    /// <summary>The name that a metric has here: only letters, digits and underscores, its unit spelt out, counters ending in total.</summary>
    /// <param name="name">As its instrument is called, such as <c>http.server.request.duration</c>.</param>
    /// <param name="unit">UCUM, such as <c>s</c>, <c>By</c> or <c>{request}</c>.</param>
    /// <param name="isCounter">True = it only ever grows.</param>
    public static string NameOf(string name, string? unit, bool isCounter)
    {
        var text = new StringBuilder(name.Length + 16);
        foreach (var c in name) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "%" => "_percent", _ => "" };
        if (!name.EndsWith(suffix, StringComparison.Ordinal)) text.Append(suffix);
        return isCounter ? text.Append("_total").ToString() : text.ToString();
    }

    /// <summary>Appends <c>name="value"</c> to a set of labels.</summary>
    /// <returns>False when there is no room.</returns>
    public static bool TryAppendLabel(Span<char> labels, ref int length, string name, object? value)
    {
        Span<char> number = stackalloc char[64];
        ReadOnlySpan<char> text = value switch
        {
            null => "",
            string s => s,
            bool b => b ? "true" : "false",
            ISpanFormattable formattable when formattable.TryFormat(number, out var written, default, CultureInfo.InvariantCulture) => number[..written],
            _ => value.ToString(),
        };
        if (length + name.Length + (2 * text.Length) + 4 > labels.Length) return false;
        if (length > 0) labels[length++] = ',';
        foreach (var c in name) labels[length++] = char.IsAsciiLetterOrDigit(c) ? c : '_';
        labels[length++] = '=';
        labels[length++] = '"';
        foreach (var c in text)
        {
            if (c is '\\' or '"' or '\n') labels[length++] = '\\';
            labels[length++] = c == '\n' ? 'n' : c;
        }
        labels[length++] = '"';
        return true;
    }

    /// <summary>Begins a metric.</summary>
    public void Begin(string name, string type, string? help)
    {
        if (!string.IsNullOrEmpty(help)) _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>Adds one sample.</summary>
    public void Sample(string name, string labels, double value) => Sample(name, "", labels, null, value);

    /// <summary>Adds a histogram: how many values are at most each bound, their sum and their number.</summary>
    public void Histogram(string name, string labels, IReadOnlyList<double> bounds, IReadOnlyList<long> counts, double sum)
    {
        var total = 0L;
        for (var i = 0; i < counts.Count; i++)
        {
            total += counts[i];
            Sample(name, "_bucket", labels, i < bounds.Count ? Text(bounds[i]) : "+Inf", total);
        }
        Sample(name, "_sum", labels, null, sum);
        Sample(name, "_count", labels, null, total);
    }

    public override string ToString() => _text.ToString();

    private void Sample(string name, string suffix, string labels, string? bound, double value)
    {
        _text.Append(name).Append(suffix);
        if (labels.Length > 0 || bound is not null) _text.Append('{').Append(labels).Append(labels.Length > 0 && bound is not null ? "," : "");
        if (bound is not null) _text.Append("le=\"").Append(bound).Append('"');
        if (labels.Length > 0 || bound is not null) _text.Append('}');
        _text.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Text(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
