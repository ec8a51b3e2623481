import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { figure, moment } from '@web/parts/formats';
import { type Action, type Plugin, useAction, useCompanies } from './plugins';
import { Refused } from './Refused';

/** Which version serves whom, and the ways to change that: a trial ends well or badly, and what went wrong is taken back by one click. */
export function Serving({ plugin, onAsk }: { plugin: Plugin; onAsk: (action: Action) => void }) {
  const { t } = useTranslation('integrations');
  const { nameOf } = useCompanies();
  const status = useRef<HTMLDivElement>(null);
  const { canary, active, previous, watchedUntil } = plugin;
  const back = useAction(plugin.id);
  // The button that was pressed is gone then.
  const goBack = () => back.mutate({ kind: 'rollBack' }, { onSuccess: () => status.current?.focus() });
  return (
    <Stack gap="xs">
      <Stack ref={status} gap={4} role="status" tabIndex={-1}>
        {canary && <Text size="sm" fw={500}>{t('serves.some', { version: canary.version, companies: canary.companies.map(nameOf).join(', '), percent: figure(canary.errorRate * 100) })}</Text>}
        <Text size="sm" fw={500}>{active === null ? t('serves.nobody') : canary || plugin.pins.length > 0 ? t('serves.others', { version: active }) : t('serves.all', { version: active })}</Text>
        {watchedUntil && Date.parse(watchedUntil) > Date.now() && <Text size="sm" c="dimmed">{t('serves.watched', { when: moment(watchedUntil) })}</Text>}
      </Stack>
      <Group gap="xs">
        {canary && <Button size="xs" onClick={() => onAsk({ kind: 'activate', version: canary.version })}>{t('action.promote', { version: canary.version })}</Button>}
        {canary && <Button key="withdraw" size="xs" variant="default" loading={back.isPending} onClick={goBack}>{t('action.withdraw')}</Button>}
        {!canary && previous !== null && <Button key="back" size="xs" variant="default" leftSection={<IconArrowBackUp size={16} />} loading={back.isPending} onClick={goBack}>{t('action.back', { version: previous })}</Button>}
        {(active !== null || canary) && <Button size="xs" variant="default" onClick={() => onAsk({ kind: 'disable' })}>{t('action.disable')}</Button>}
      </Group>
      <Refused error={back.error} />
    </Stack>
  );
}
