using Crm.Host.Actors;

namespace Crm.SystemTests.Storage;

/// <summary>Which host of the actors is held to the contract: here the runtime in this process. Host/Orleans/tests has this class too, and puts the runtime into a silo.</summary>
internal static class ActorsUnderTest
{
    public static IActors Over(ActorRuntime runtime, Catalog catalog, Crm.Host.Actors.Directory directory, SettingsCache settings, ActorOptions options) => runtime;
}
