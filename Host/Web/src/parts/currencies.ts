/** Those of the Nordic countries and of most of their trade first; the API takes any of ISO 4217. */
export const currencies = ['SEK', 'DKK', 'NOK', 'EUR', 'ISK', 'USD', 'GBP', 'CHF', 'PLN', 'CZK', 'HUF', 'RON', 'CAD', 'AUD', 'JPY', 'CNY', 'INR', 'TRY', 'UAH'];

/** How many decimals a currency has. */
export const minorUnits = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
