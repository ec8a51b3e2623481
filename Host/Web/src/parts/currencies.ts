/** Those of the Nordic countries and of most of their trade first; the API takes any of ISO 4217. */
export const currencies = ['SEK', 'DKK', 'NOK', 'EUR', 'ISK', 'USD', 'GBP', 'CHF', 'PLN', 'CZK', 'HUF', 'RON', 'CAD', 'AUD', 'JPY', 'CNY', 'INR', 'TRY', 'UAH'];
