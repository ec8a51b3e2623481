import { useTranslation } from 'react-i18next';
import { country, whole } from '@web/parts/formats';

const names = { '/name': 'name', '/vatNumber': 'vatNumber', '/legalForm': 'legalForm', '/employees': 'employees', '/phone': 'phone', '/email': 'email', '/website': 'website', '/addresses/visiting': 'visiting', '/addresses/postal': 'postal' } as const;
const parts = { street: 'street', postalCode: 'postalCode', city: 'city', country: 'country' } as const;

interface Address { street: string | null; postalCode: string | null; city: string | null; country: string | null }

/**
 * What the fields that registers know are called, and their values in words.
 * @param home The country that addresses are in unless they say another one.
 */
export function useFieldWords(home: string): { label: (pointer: string) => string; words: (pointer: string, value: unknown) => string } {
  const { t } = useTranslation('registers');
  const label = (pointer: string): string => {
    const [field, part] = pointer.startsWith('/addresses/') ? [pointer.split('/').slice(0, 3).join('/'), pointer.split('/')[3]] : [pointer];
    const name = names[field as keyof typeof names];
    const inside = part && parts[part as keyof typeof parts];
    return [name ? t(`field.${name}`) : pointer, inside && t(`field.${inside}`).toLowerCase()].filter(Boolean).join(': ');
  };
  const words = (pointer: string, value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return whole(value);
    if (typeof value !== 'object') return pointer.endsWith('/country') ? country(String(value)) : String(value);
    const address = value as Address;
    return [address.street?.replaceAll('\n', ', '), [address.postalCode, address.city].filter(Boolean).join(' '), address.country && address.country !== home && country(address.country)].filter(Boolean).join(', ');
  };
  return { label, words };
}
