import type { Schemas } from '@web/api/client';
import { minorUnits } from '@web/parts/currencies';

type Money = Schemas['Money'];

/** Value × probability as the server rounds it: to the currency's minor unit, half away from zero (R85). */
export function weighted(value: Money | null, probability: number | null): Money | null {
  if (value === null || probability === null) return null;
  const unit = 10 ** minorUnits(value.currency);
  // In whole ten-thousandths first, which is what amounts are made of: 1.005 is not quite that as a binary number.
  const exact = Math.round(value.amount * 10_000) * probability;
  return { amount: Math.round((exact * unit) / 1_000_000) / unit, currency: value.currency };
}
