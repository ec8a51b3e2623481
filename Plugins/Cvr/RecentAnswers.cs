using System.Collections.Concurrent;

namespace Crm.Plugins.Cvr;

/// <summary>What cvrapi.dk answered in the last minutes, for the company that asked: each look-up is one of few.</summary>
internal sealed class RecentAnswers
{
    private const int Most = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Company, string Number), (CvrapiCompany Answer, DateTimeOffset Until)> _kept = new();

    public void Keep(IPluginCall call, string number, CvrapiCompany answer)
    {
        if (_kept.Count >= Most) _kept.Clear();
        _kept[(call.Company, number)] = (answer, call.Clock.GetUtcNow() + Life);
    }

    public CvrapiCompany? Find(IPluginCall call, string number) => _kept.TryGetValue((call.Company, number), out var kept) && kept.Until > call.Clock.GetUtcNow() ? kept.Answer : null;
}
