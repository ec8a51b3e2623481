import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, type Plugin, useCompanies } from './plugins';
import { Refused } from './Refused';

interface Props { plugin: Plugin; error: unknown; isWaiting: boolean; onAction: (action: Action) => void }

/** Companies that stay at a version, whatever the others have. */
export function Pins({ plugin, error, isWaiting, onAction }: Props) {
  const { t } = useTranslation('integrations');
  const { companies, nameOf } = useCompanies();
  const [slug, setSlug] = useState<string | null>(null);
  const [version, setVersion] = useState<string | null>(null);
  return (
    <section>
      <Title order={2} size="h5" mb={4}>{t('pins.title')}</Title>
      <Text size="sm" c="dimmed" mb="xs">{t('pins.why')}</Text>
      <Stack gap="xs">
        {plugin.pins.map(pin => {
          const company = companies.find(c => c.number === pin.company);
          return (
            <Group key={pin.company} gap="xs">
              <Text size="sm">{t('pins.one', { company: nameOf(pin.company), version: pin.version })}</Text>
              {company && <Button size="compact-sm" variant="default" aria-label={t('pins.releaseOf', { company: company.name })} onClick={() => onAction({ kind: 'unpin', slug: company.slug })}>{t('pins.release')}</Button>}
            </Group>
          );
        })}
        <Group gap="xs" align="end">
          <Select searchable w={240} label={t('pins.company')} data={companies.filter(c => c.active).map(c => ({ value: c.slug, label: c.name }))} value={slug} onChange={setSlug} />
          <Select w={140} label={t('versions.version')} data={plugin.versions.map(v => v.version)} value={version} onChange={setVersion} />
          <Button variant="default" loading={isWaiting} disabled={slug === null || version === null} onClick={() => { if (slug && version) onAction({ kind: 'pin', slug, version }); setSlug(null); }}>{t('pins.pin')}</Button>
        </Group>
        <Refused error={error} />
      </Stack>
    </section>
  );
}
