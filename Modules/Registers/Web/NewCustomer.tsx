import { Button } from '@mantine/core';
import { IconBuildingBank } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewCustomerProps } from '@web/modules';
import { useProfile } from '@web/parts/company';
import { useRole } from '@web/session/session';
import { nameOf, serves, useRegisters } from './registers';

const NewCustomerDialog = lazy(() => import('./NewCustomerDialog'));

/** The button under the choice of a customer, called by the register of the company's own country (R51). */
export default function NewCustomer({ onMade }: NewCustomerProps) {
  const { t } = useTranslation('registers');
  const registers = useRegisters();
  const { data: profile } = useProfile();
  const mayMake = useRole() !== 'reader';
  const [isOpen, setOpen] = useState(false);
  if (!profile || registers.length === 0 || !mayMake) return null;
  const own = registers.find(register => serves(register, profile.country));
  return (
    <div>
      <Button size="xs" variant="default" leftSection={<IconBuildingBank size={15} />} onClick={() => setOpen(true)}>
        {profile.country === 'DK' && own ? t('customer.cvr') : own ? t('customer.of', { register: nameOf(own) }) : t('customer.any')}
      </Button>
      <Suspense>{isOpen && <NewCustomerDialog country={own ? profile.country : registers[0]!.countries[0] ?? profile.country} onClose={() => setOpen(false)} onMade={partner => { setOpen(false); onMade(partner); }} />}</Suspense>
    </div>
  );
}
