using System.Globalization;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>
/// Says in SQL what <see cref="CreditPosition.Warn"/> says of one partner: that what counts is more than the credit limit. It follows the company's policy
/// and rates of the moment, so nothing has to be stored anew when they change.
/// </summary>
internal static class OverLimit
{
    public static string Sql(CompanyProfile company)
    {
        var (rates, limits) = (Rates("balance_currency", company), Rates("limit_currency", company));
        var units = Units(company);
        string Converted(string amount, string rate) => $"(round(1.0 * {amount} * {rate} / {limits} / {units}) * {units})";
        // Most limits are in the currency of the balance, where whole numbers are compared and no rate can blur anything.
        var balance = $"(case when balance is null then 0 when balance_currency = limit_currency then balance else {Converted("balance", rates)} end)";
        var exposure = company.Credit.Counts == CreditCounts.Balance ? balance
            : $"({balance} + case when uninvoiced is null then 0 when limit_currency = '{company.BaseCurrency}' then uninvoiced else {Converted("uninvoiced", "1")} end)";
        var margin = company.Credit.MarginPercent == 0 ? "" : $" * {Number(1 + (company.Credit.MarginPercent / 100))}";
        return $"(credit_limit is not null and coalesce({exposure} > (credit_limit{margin}), 1 = 0))";
    }

    /// <summary>What one unit is worth in the base currency; null = not known, and then nothing can be said.</summary>
    private static string Rates(string column, CompanyProfile company) =>
        $"(case {column} when '{company.BaseCurrency}' then 1.0{string.Concat(company.Rates.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $" when '{r.Key}' then {Number(r.Value)}"))} end)";

    /// <summary>Ten-thousandths in the smallest unit of the limit's currency: amounts are rounded to it.</summary>
    private static string Units(CompanyProfile company)
    {
        var odd = company.Rates.Keys.Append(company.BaseCurrency).Where(c => Currencies.MinorUnits(c) != 2).Distinct().Order(StringComparer.Ordinal)
            .Select(c => $" when '{c}' then {(int)Math.Pow(10, 4 - Currencies.MinorUnits(c))}");
        return string.Concat(odd) is { Length: > 0 } cases ? $"(case limit_currency{cases} else 100 end)" : "100";
    }

    private static string Number(decimal value) => value.ToString("0.0###########################", CultureInfo.InvariantCulture);
}
