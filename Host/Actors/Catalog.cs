using System.Collections.Frozen;

namespace Crm.Host.Actors;

/// <summary>All kinds of entities that the modules registered, and what they show of them to each other.</summary>
internal sealed class Catalog(IEnumerable<IEntity> entities, IEnumerable<IFacet> facets)
{
    private readonly FrozenDictionary<Type, IEntity> _byState = entities.ToFrozenDictionary(e => e.StateType);
    private readonly FrozenDictionary<Type, IFacet> _byFacet = facets.ToFrozenDictionary(f => f.Type);

    public IEnumerable<IEntity> All => _byState.Values;

    public IEnumerable<IEntity> Settings => _byState.Values.Where(e => e.IsSettings);

    public Entity<TState> Of<TState>() where TState : class => (Entity<TState>)_byState[typeof(TState)];

    public IEntity Of(Type state) => _byState[state];

    public IFacet FacetOf(Type facet) => _byFacet[facet];

    public IEntity EntityOf(Type facet) => _byState[_byFacet[facet].StateType];
}
