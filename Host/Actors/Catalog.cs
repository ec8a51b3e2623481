using System.Collections.Frozen;

namespace Crm.Host.Actors;

/// <summary>All kinds of entities that the modules registered.</summary>
internal sealed class Catalog(IEnumerable<IEntity> entities)
{
    private readonly FrozenDictionary<Type, IEntity> _byState = entities.ToFrozenDictionary(e => e.StateType);

    public IEnumerable<IEntity> All => _byState.Values;

    public IEnumerable<IEntity> Settings => _byState.Values.Where(e => e.IsSettings);

    public Entity<TState> Of<TState>() where TState : class => (Entity<TState>)_byState[typeof(TState)];
}
