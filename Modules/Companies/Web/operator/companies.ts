import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';

export type CompanyRow = Schemas['CompanyRowView'];

export const companiesQuery = queryOptions({ queryKey: ['operator', 'companies'], queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/operator/companies', { signal }))).items });

/** What a company in a country usually has. */
export const usual: Record<string, { baseCurrency: string; timeZone: string; language: string }> = {
  SE: { baseCurrency: 'SEK', timeZone: 'Europe/Stockholm', language: 'sv' }, DK: { baseCurrency: 'DKK', timeZone: 'Europe/Copenhagen', language: 'da' },
  NO: { baseCurrency: 'NOK', timeZone: 'Europe/Oslo', language: 'nb' }, FI: { baseCurrency: 'EUR', timeZone: 'Europe/Helsinki', language: 'fi' },
  IS: { baseCurrency: 'ISK', timeZone: 'Atlantic/Reykjavik', language: 'en' }, FO: { baseCurrency: 'DKK', timeZone: 'Atlantic/Faroe', language: 'da' }, GL: { baseCurrency: 'DKK', timeZone: 'America/Nuuk', language: 'da' }, AX: { baseCurrency: 'EUR', timeZone: 'Europe/Helsinki', language: 'sv' },
};

/** A name in addresses that is made of the company's own. */
export const slugOf = (name: string): string => name.toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'ae').normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-$/g, '').slice(0, 39);
