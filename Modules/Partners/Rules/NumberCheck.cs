namespace Crm.Partners;

/// <summary>What a check of a written number says: the stored form, or why it is refused; a warning goes with an accepted number.</summary>
/// <param name="Value">The normalised number, null when refused.</param>
/// <param name="Problem">A sentence that names the cure, null when accepted. It never repeats the number, which may be a person's.</param>
/// <param name="Warning">A doubt that does not stop the number.</param>
internal readonly record struct NumberCheck(string? Value, string? Problem, string? Warning)
{
    public static NumberCheck Accept(string value, string? warning = null) => new(value, null, warning);

    public static NumberCheck Refuse(string problem) => new(null, problem, null);
}
