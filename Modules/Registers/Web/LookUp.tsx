import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { isSame, type Json } from '@web/edit/patch';
import type { LookUpProps } from '@web/modules';
import { useChoices } from '@web/parts/choices';
import { useCompany } from '@web/session/session';
import { keepFilled } from './answers/answers';
import { branchOf, fieldsOf } from './fields';
import { FoundNote } from './FoundNote';
import { RegisterSearch } from './RegisterSearch';
import { type Found, serves, useRegisters } from './registers';

/** Above a new partner's form: looks the firm up in the registers of its country and fills the form, in which all can be changed (R49). Without a register there is nothing (R53). */
export default function LookUp({ form, onFilled, onChosen }: LookUpProps) {
  const company = useCompany();
  const queries = useQueryClient();
  const country = form.text('/country');
  const registers = useRegisters().filter(register => serves(register, country));
  const industries = useChoices('industries').all;
  const [found, setFound] = useState<Found | null>(null);
  const filled = useRef<Record<string, Json>>({});
  const latest = useRef(form);
  useEffect(() => { latest.current = form; });
  // The form begins here; who chooses another country stays where that is chosen.
  const isNew = useRef(true);
  useEffect(() => { isNew.current = false; }, []);

  const take = (answered: Found) => {
    const fields = fieldsOf(answered.company, industries);
    // What the firm chosen before had filled is not this one's; what somebody typed stays where this register tells nothing.
    for (const [pointer, value] of Object.entries(filled.current)) if (!(pointer in fields) && isSame(latest.current.value(pointer), value)) form.set(pointer, null);
    for (const [pointer, value] of Object.entries(fields)) form.set(pointer, value);
    filled.current = fields;
    setFound(answered);
    onFilled?.(answered.branches.map(branch => branchOf(branch, answered.company.country, industries)));
    onChosen?.(partner => keepFilled(queries, company, answered, partner));
  };
  if (registers.length === 0) return null;
  return (
    <Stack gap="xs">
      <RegisterSearch key={country} country={country} registers={registers} hasFocus={isNew.current && form.text('/name') === '' && form.value('/parent') === null} onFound={take} />
      {found?.company.country === country && <FoundNote found={found} registers={registers} hasIndustry={'/industry' in filled.current} speaksOfBranches={onFilled !== undefined} />}
    </Stack>
  );
}
