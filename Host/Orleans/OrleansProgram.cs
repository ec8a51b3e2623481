using Crm.Host.Grains;

namespace Crm.Host;

/// <summary>The same program, with its actors as grains.</summary>
internal sealed class OrleansProgram
{
    private static Task<int> Main(string[] args) => CrmServer.RunAsync(args, static (builder, modules) => builder.AddGrains(modules));
}
