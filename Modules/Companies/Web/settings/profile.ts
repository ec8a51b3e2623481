import type { Schemas } from '@web/api/client';

export const timeZones = ['Europe/Stockholm', 'Europe/Copenhagen', 'Europe/Oslo', 'Europe/Helsinki', 'Atlantic/Reykjavik', 'Atlantic/Faroe', 'America/Nuuk', 'Europe/Berlin', 'Europe/London', 'Europe/Tallinn', 'Europe/Riga', 'Europe/Vilnius', 'Europe/Warsaw', 'UTC'];

export const creditCounts = ['balance', 'balanceAndUninvoiced', 'balanceUninvoicedAndOrder'] as const satisfies Schemas['CreditCounts'][];
