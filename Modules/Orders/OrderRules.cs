using Crm.Contracts;

namespace Crm.Orders;

/// <summary>Applies written fields to an order and reports every broken rule at once. The one place where an order's fields are judged.</summary>
internal sealed class OrderRules
{
    private const decimal MostPieces = 10_000_000;

    private readonly OrderFields _fields;
    private readonly Order _before;
    private readonly PartnerSales _partner;
    private readonly CompanyProfile _company;
    private readonly FieldRules _rules;

    private OrderRules(OrderFields fields, Order before, PartnerSales partner, Moment at)
    {
        (_fields, _before, _partner, _company) = (fields, before, partner, at.Settings.Get<CompanyProfile>());
        _rules = new(_company);
    }

    /// <param name="fields">What is written.</param>
    /// <param name="before">What stands.</param>
    /// <param name="partner">Whose order it is.</param>
    /// <param name="at">When, and in which company.</param>
    /// <param name="wrongPartner">What is wrong with the partner that was named, to be reported with the rest; null = nothing.</param>
    public static (Order? Order, Refusal? Refusal) Apply(OrderFields fields, Order before, PartnerSales partner, Moment at, Problem? wrongPartner = null)
    {
        var rules = new OrderRules(fields, before, partner, at);
        if (wrongPartner is not null) rules._rules.Wrong(wrongPartner.Pointer, wrongPartner.Code, wrongPartner.Message);
        var after = rules.Apply();
        return rules._rules.Problems.Count == 0 ? (after, null) : (null, Refusal.Invalid(rules._rules.Problems));
    }

    private Order Apply()
    {
        if (_fields.Number.IsSet) _rules.Wrong("/number", "order.number.immutable", "An order's number is assigned and never changes.");
        if (_fields.Partner.IsSet && (_fields.Partner.Value ?? 0) != _before.Partner) _rules.Wrong("/partner", "order.partner.immutable", "An order stays with its partner. Cancel it and make another.");
        if (_fields.OrderDate is { IsSet: true, Value: null }) _rules.Wrong("/orderDate", "order.orderDate.required", "An order has an order date.");
        var currency = Currency();
        var (lines, last) = Lines(currency);
        var after = _before with
        {
            Kind = _fields.Kind.Or(_before.Kind) ?? OrderKind.Sales, Currency = currency, Lines = lines, LastLine = last,
            OrderDate = _rules.Date(_fields.OrderDate, _before.OrderDate, "/orderDate") ?? _before.OrderDate,
            StartDate = _rules.Date(_fields.StartDate, _before.StartDate, "/startDate"), DeliveryDate = _rules.Date(_fields.DeliveryDate, _before.DeliveryDate, "/deliveryDate"),
            Owner = _rules.User(_fields.Owner, _before.Owner, "/owner", "order.owner.unknown"), CreditDays = _rules.Range(_fields.CreditDays, _before.CreditDays, "/creditDays", 0, 365),
            Reference = _rules.Text(_fields.Reference, _before.Reference, "/reference", 200), Requisition = _rules.Text(_fields.Requisition, _before.Requisition, "/requisition", 100),
            Contact = _rules.Text(_fields.Contact, _before.Contact, "/contact", 200), Delivery = Delivery(), Note = _rules.Text(_fields.Note, _before.Note, "/note", 10_000, lines: true),
        };
        _rules.Text(_fields.CreditReason, null, "/creditReason", CreditJudgement.MostReason, lines: true);
        if (after.DeliveryDate < after.StartDate) _rules.Wrong("/deliveryDate", "order.delivery.beforeStart", "Delivery is not before the start.");
        if (after.Net.Amount > Money.Limit) _rules.Wrong("/lines", "money.invalid", $"An order is worth at most {Money.Limit}.");
        return WithState(after with { Invoiced = Invoiced(after) });
    }

    /// <summary>One currency for the whole order: what is written, else the first line's, else what stands.</summary>
    private string Currency()
    {
        if (_fields.Currency.Value?.Trim() is { } written)
        {
            if (!Currencies.IsKnown(written)) _rules.Wrong("/currency", "money.invalid", "The currency is an ISO 4217 code such as SEK.");
            else if (written != _before.Currency && !_fields.Lines.IsSet && _before.Lines.Count > 0) _rules.Wrong("/currency", "order.currency.mixed", "The lines have another currency: send them with it.");
            return Currencies.IsKnown(written) ? written : _before.Currency;
        }
        var first = _before.Lines.Count > 0 ? null : _fields.Lines.Value?.Select(l => l.UnitPrice.Value?.Currency.Value).FirstOrDefault(c => c is not null);
        return first is not null && Currencies.IsKnown(first) ? first : _before.Currency;
    }

    private (IReadOnlyList<OrderLine> Lines, int Last) Lines(string currency)
    {
        if (!_fields.Lines.IsSet) return (_before.Lines, _before.LastLine);
        var written = _fields.Lines.Value ?? [];
        if (written.Count > Order.MaxLines) { _rules.Wrong("/lines", "order.lines.tooMany", $"At most {Order.MaxLines} lines."); return ([], _before.LastLine); }
        List<OrderLine> lines = [];
        var last = _before.LastLine;
        for (var i = 0; i < written.Count; i++)
        {
            var (fields, at) = (written[i], $"/lines/{i}");
            var old = fields.Id.Value is { } id ? _before.Lines.FirstOrDefault(l => l.Id == id) : null;
            if (fields.Id.Value is not null && (old is null || lines.Any(l => l.Id == old.Id))) _rules.Wrong($"{at}/id", "order.line.unknown", "There is no such line in the order, or it is named twice. A new line has no id.");
            lines.Add(Line(fields, old ?? new(++last, "", 1, 0, _partner.DiscountPercent ?? 0), at, currency));
        }
        return (lines, last);
    }

    private OrderLine Line(OrderLineFields fields, OrderLine old, string at, string currency)
    {
        var text = _rules.Text(fields.Text, old.Text, $"{at}/text", 500, lines: true);
        if (string.IsNullOrEmpty(text) && !_rules.Has($"{at}/text")) _rules.Wrong($"{at}/text", "order.line.text.required", "A line says what is ordered.");
        var quantity = fields.Quantity.IsSet ? fields.Quantity.Value : old.Quantity;
        if (quantity is null or <= 0 or > MostPieces || decimal.Round(quantity.Value, 4) != quantity) _rules.Wrong($"{at}/quantity", "order.line.quantity.range", $"A quantity is above 0 and at most {MostPieces}, with up to four decimals.");
        var discount = fields.DiscountPercent.IsSet ? fields.DiscountPercent.Value : old.DiscountPercent;
        if (discount is null or < 0 or > 100 || decimal.Round(discount.Value, 2) != discount) _rules.Wrong($"{at}/discountPercent", "order.line.discount.range", "A discount is 0 to 100 percent, with up to two decimals.");
        return new(old.Id, text ?? "", quantity is > 0 and <= MostPieces ? quantity.Value : 1, Price(fields.UnitPrice, old.UnitPrice, $"{at}/unitPrice", currency), discount is >= 0 and <= 100 ? discount.Value : 0);
    }

    private decimal Price(Optional<MoneyFields> field, decimal old, string pointer, string currency)
    {
        var price = field.Value is { Currency.IsSet: false } written ? new(written with { Currency = currency }) : field;
        var money = _rules.Money(price, new(old, currency), pointer, "order.line.price.negative");
        if (money is not null && money.Currency != currency) _rules.Wrong($"{pointer}/currency", "order.currency.mixed", $"All lines of an order have its currency, {currency}.");
        return money?.Amount ?? 0;
    }

    private DeliveryAddress? Delivery()
    {
        if (!_fields.Delivery.IsSet) return _before.Delivery;
        if (_fields.Delivery.Value is not { } written) return null;
        var old = _before.Delivery;
        var address = new DeliveryAddress(
            _rules.Text(written.Street, old?.Street, "/delivery/street", 200, lines: true), _rules.Text(written.PostalCode, old?.PostalCode, "/delivery/postalCode", 20),
            _rules.Text(written.City, old?.City, "/delivery/city", 100), _rules.Country(written.Country, old?.Country, "/delivery/country"));
        return address is { Street: null, PostalCode: null, City: null, Country: null } ? null : address;
    }

    private decimal Invoiced(Order after)
    {
        if (!_fields.InvoicedNet.IsSet)
        {
            if (_before.Invoiced > 0 && after.Net.Amount < _before.Invoiced) _rules.Wrong("/lines", "order.net.belowInvoiced", "More than this is invoiced already.");
            return _before.Invoiced;
        }
        var written = _fields.InvoicedNet.Value is { Currency.IsSet: false } amount ? new(amount with { Currency = after.Currency }) : _fields.InvoicedNet;
        var money = _rules.Money(written, new(_before.Invoiced, after.Currency), "/invoicedNet", "order.invoicedNet.range");
        if (money is not null && money.Currency != after.Currency) _rules.Wrong("/invoicedNet/currency", "order.currency.mixed", $"The order's currency is {after.Currency}.");
        else if (money?.Amount > after.Net.Amount) _rules.Wrong("/invoicedNet", "order.invoicedNet.range", "At most the order's net can be invoiced.");
        return money?.Amount ?? 0;
    }

    /// <summary>Forward and back while nothing is final. Invoiced means all of it; what is partly invoiced cannot be given up.</summary>
    private Order WithState(Order after)
    {
        if (_fields.State is { IsSet: true, Value: null }) _rules.Wrong("/state", "order.state.required", "An order has a state.");
        var state = _fields.State.Or(_before.State) ?? _before.State;
        if (state == OrderState.Cancelled && after.Invoiced > 0) _rules.Wrong("/state", "order.partlyInvoiced", "A part of the order is invoiced: it cannot be cancelled.");
        if (state == OrderState.Invoiced && _fields.InvoicedNet.IsSet && after.Invoiced != after.Net.Amount) _rules.Wrong("/invoicedNet", "order.invoicedNet.range", "An invoiced order is invoiced in full.");
        return after with { State = state, Invoiced = state == OrderState.Invoiced ? after.Net.Amount : after.Invoiced };
    }
}
