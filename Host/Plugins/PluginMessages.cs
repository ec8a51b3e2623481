using System.Diagnostics;
using Crm.Plugins;
using Crm.Contracts;

namespace Crm.Host.Plugins;

/// <summary>Log lines of one company's calls: they name the version, the company by its id and the trace, and are without secrets.</summary>
internal sealed class CompanyLog(ILogger log, string version, int company, Masking masking) : IPluginLog
{
    public void Debug(string message) => Write(LogLevel.Debug, message);

    public void Information(string message) => Write(LogLevel.Information, message);

    public void Warning(string message) => Write(LogLevel.Warning, message);

    /// <summary>A call that gave no answer. Its message is for whoever asked and may quote what they typed; here stand its kind and, for a bug, types and places.</summary>
    public void Failed(PluginFailure failure, TimeSpan took, Exception? bug)
    {
        var level = CallGuards.IsFault(failure.Kind) ? LogLevel.Warning : LogLevel.Information;
        if (!log.IsEnabled(level)) return;
        var (trace, places) = (Trace, bug is null ? "" : $": {Places(bug)}");
        PluginMessages.Failed(log, level, version, company, trace, failure.Code, (long)took.TotalMilliseconds, places);
    }

    private void Write(LogLevel level, string message)
    {
        if (!log.IsEnabled(level)) return;
        var (trace, text) = (Trace, masking.Clean(message));
        PluginMessages.Said(log, level, version, company, trace, text);
    }

    private static string Trace => Activity.Current?.TraceId.ToString() ?? "none";

    private static string Places(Exception bug)
    {
        List<string> chain = [];
        for (var e = bug; e is not null; e = e.InnerException) chain.Add($"{e.GetType().FullName} {e.StackTrace?.ReplaceLineEndings(" ")}");
        return string.Join(" <- ", chain);
    }
}

internal static partial class PluginMessages
{
    [LoggerMessage(Message = "{Version} for company {Company}, trace {TraceId}: {Text}")]
    public static partial void Said(ILogger log, LogLevel level, string version, int company, string traceId, string text);

    [LoggerMessage(Message = "{Version} for company {Company}, trace {TraceId}, gave no answer: {Kind} after {Milliseconds} ms{Places}")]
    public static partial void Failed(ILogger log, LogLevel level, string version, int company, string traceId, string kind, long milliseconds, string places);
}
