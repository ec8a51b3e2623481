using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>An entity of the tests' own, with every type of column, terms and two unique columns of which one's name begins with the other's.</summary>
internal sealed record Widget(string Name)
{
    public string? Code { get; init; }
    public string? CodeOld { get; init; }
    public long? Size { get; init; }
    public Money? Price { get; init; }
    public DateOnly? Due { get; init; }
    public bool Done { get; init; }
    public long Count { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    public static Entity<Widget> Entity { get; } = new("widget", "widgets")
    {
        TermTable = "widget_terms",
        FirstNumber = 1001,
        Columns =
        [
            new("name", ColumnType.Text, w => w.Name), new("code", ColumnType.Text, w => w.Code), new("code_old", ColumnType.Text, w => w.CodeOld), new("size", ColumnType.Number, w => w.Size),
            new("price", ColumnType.Amount, w => w.Price?.TenThousandths), new("due", ColumnType.Date, w => w.Due?.ToString("O")), new("done", ColumnType.Flag, w => w.Done ? 1L : 0L),
        ],
        TermsOf = w => w.Tags.Select(tag => new Term("tag", tag)),
        Unique = new Dictionary<string, string> { ["code"] = "widget.code.taken", ["code_old"] = "widget.codeOld.taken" },
        SeenBy = (w, caller, _) => w.Name != Hidden || caller == Caller.System,
        View = (row, settings) => row.State.Name == Unviewable
            ? throw new InvalidOperationException("This widget cannot be shown.")
            : new WidgetView(row.Number, row.Version, $"{settings.Get<WidgetSettings>().Prefix}{row.State.Name}", row.State.Count),
    };

    public static Facet<Widget, WidgetSeen> Shown { get; } = new((number, w, _) => new(number, w.Name, w.Count), (w, seen, _) => w with { Count = seen.Count });

    /// <summary>A name that the database's check refuses.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>A name that only the program sees.</summary>
    public const string Hidden = "hidden";

    /// <summary>A name whose view is broken.</summary>
    public const string Unviewable = "unviewable";
}

internal sealed record WidgetView(long Number, long Version, string Name, long Count);

internal sealed record WidgetSettings(string Prefix)
{
    public static Entity<WidgetSettings> Entity { get; } = new("widgetSettings", "widget_settings") { DefaultOf = company => new(""), View = (row, _) => row.State };
}

internal sealed record MakeWidget(Widget Widget) : ICreation<Widget>
{
    public Decision<Widget> Decide(Moment at) =>
        Widget.Name.Length == 0 ? Refusal.Invalid("widget.name.required", "A widget has a name.") : Decision.Accept(Widget, "widget.made");
}

/// <summary>Replaces everything but the count.</summary>
internal sealed record ChangeWidget(Widget To) : ICommand<Widget>
{
    public Decision<Widget> Decide(Widget state, Moment at) => Decision.Accept(To with { Count = state.Count }, "widget.changed");
}

internal sealed record RenameWidget(string Name) : ICommand<Widget>
{
    public Decision<Widget> Decide(Widget state, Moment at) => state.Name == Name ? Decision.Nothing(state) : Decision.Accept(state with { Name = Name }, "widget.renamed");
}

/// <summary>Adds one: what a lost update would swallow.</summary>
internal sealed record CountUp : ICommand<Widget>
{
    public Decision<Widget> Decide(Widget state, Moment at) => Decision.Accept(state with { Count = state.Count + 1, Size = state.Count }, "widget.counted");
}

/// <summary>What a box sees of the widget that it is for.</summary>
internal sealed record WidgetSeen(long Number, string Name, long Count);

/// <summary>An entity that changes another in its own commit: every box counts in its widget.</summary>
internal sealed record Box(long Widget, int Weight)
{
    public static Entity<Box> Entity { get; } = new("box", "boxes")
    {
        Columns = [new("widget", ColumnType.Number, b => b.Widget)],
        TotalsOf = b => [new("widget", $"{b.Widget}", b.Weight, 2 * b.Weight)],
        SeenBy = (box, caller, _) => box.Weight != Hidden || caller == Caller.System,
        View = (row, _) => row.State,
    };

    /// <summary>A weight that only the program sees.</summary>
    public const int Hidden = 13;
}

internal sealed record MakeBox(long Widget, int Weight) : IJointCreation<Box>
{
    public IReadOnlyList<Peer> Peers => [Peer.Of<WidgetSeen>(Widget)];

    public Decision<Box> Decide(Peers peers, Moment at)
    {
        if (peers.Find<WidgetSeen>() is not { } widget) return Refusal.Invalid("box.widget.unknown", "There is no such widget.");
        peers.Change(widget with { Count = widget.Count + 1 }, "widget.boxed");
        return Weight < 0 ? Refusal.Invalid("box.weight.negative", "A weight is 0 or more.") : Decision.Accept(new Box(Widget, Weight), "box.made");
    }
}

/// <summary>Weighs a box anew, and counts it in its widget again.</summary>
internal sealed record WeighBox(int Weight) : IJointCommand<Box>
{
    public IReadOnlyList<Peer> PeersOf(Box state) => [Peer.Of<WidgetSeen>(state.Widget)];

    public Decision<Box> Decide(Box state, Peers peers, Moment at)
    {
        var widget = peers.Find<WidgetSeen>()!;
        peers.Change(widget with { Count = widget.Count + 1 }, "widget.boxed");
        return Weight == state.Weight ? Decision.Nothing(state) : Decision.Accept(state with { Weight = Weight }, "box.weighed");
    }
}

internal sealed record RefuseWidget : ICommand<Widget>
{
    public Decision<Widget> Decide(Widget state, Moment at) => Refusal.Conflict("widget.refused", "No.");
}

internal sealed record SetPrefix(string Prefix) : ICommand<WidgetSettings>
{
    public Decision<WidgetSettings> Decide(WidgetSettings state, Moment at) => Decision.Accept(new WidgetSettings(Prefix), "widgetSettings.changed");
}

/// <summary>The tables of the tests' entities, beside those of the program.</summary>
internal static class WidgetSchema
{
    public static IReadOnlyList<SchemaScript> Scripts { get; } =
    [
        .. ShippedModules.Scripts,
        new("widgets", 1, "001-widgets.sql", """
            create table widgets (
              company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
              name text not null check (name <> 'forbidden'), code text, code_old text, size bigint, price bigint, due text, done bigint not null, primary key (company, number)
            );
            create unique index widgets_code_key on widgets (company, code) where code is not null;
            create unique index widgets_code_old_key on widgets (company, code_old) where code_old is not null;
            create table widget_terms (company bigint not null, field text not null, value text not null, number bigint not null, primary key (company, field, value, number));
            create table boxes (
              company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
              widget bigint not null, primary key (company, number)
            );
            create table widget_settings (
              company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null, primary key (company, number)
            );
            """),
    ];
}

/// <summary>Leaves a box as it is.</summary>
internal sealed record LeaveBox : ICommand<Box>
{
    public Decision<Box> Decide(Box state, Moment at) => Decision.Nothing(state);
}
