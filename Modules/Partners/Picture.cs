using System.Text;
using System.Xml;

namespace Crm.Partners;

/// <summary>Tells pictures by their first bytes, whatever they are said to be; an SVG is read whole, since it can carry programs.</summary>
internal static class Picture
{
    private static readonly string[] SafeElements =
    [
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "title", "desc", "lineargradient", "radialgradient", "stop",
        "clippath", "mask", "symbol", "use", "metadata", "style", "pattern", "filter", "fegaussianblur", "feoffset", "feblend", "femerge", "femergenode", "fecolormatrix", "feflood", "fecomposite",
    ];

    private static readonly string[] Programs = ["javascript:", "@import", "expression(", "-moz-binding"];

    /// <summary>The content type; null = not a picture that is taken.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return "image/png";
        if (bytes.Length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) return "image/jpeg";
        if (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8)) return "image/webp";
        return IsSafeSvg(bytes) ? "image/svg+xml" : null;
    }

    private static bool IsSafeSvg(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var text = new StringReader(new UTF8Encoding(false, true).GetString(bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20 });
            var depth = 0;
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.ProcessingInstruction) return false;
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && !IsSafeStyle(reader.Value)) return false;
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (depth++ == 0 && reader.LocalName != "svg") return false;
                if (!SafeElements.Contains(reader.LocalName.ToLowerInvariant())) return false;
                while (reader.MoveToNextAttribute())
                {
                    var (name, value) = (reader.LocalName.ToLowerInvariant(), reader.Value.Trim());
                    if (name.StartsWith("on", StringComparison.Ordinal) || (name == "href" && !value.StartsWith('#')) || !IsSafeStyle(value)) return false;
                }
            }
            return depth > 0;
        }
        catch (Exception broken) when (broken is XmlException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsSafeStyle(string value)
    {
        // Style sheets can hide words behind backslashes; a logo needs none.
        if (value.Contains('\\', StringComparison.Ordinal)) return false;
        if (Programs.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase))) return false;
        for (var at = 0; (at = value.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (!value.AsSpan(at + 4).TrimStart(" '\"").StartsWith("#")) return false;
        }
        return true;
    }
}
