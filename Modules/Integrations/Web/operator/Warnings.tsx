import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconHourglassEmpty, IconShieldOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { leftBehindOf, type Plugin, unsignedOf } from './plugins';

/** What an operator must know of a plugin before anything else. The sentences of what happened are the server's own. */
export function Warnings({ plugin }: { plugin: Plugin }) {
  const { t } = useTranslation('integrations');
  const [unsigned, left] = [unsignedOf(plugin), leftBehindOf(plugin)];
  return (
    <Stack gap="xs">
      {plugin.problem && <Alert color="red" p="xs" icon={<IconAlertTriangle />} title={t('warning.problem')} lang="en">{plugin.problem}</Alert>}
      {plugin.note && <Alert color="yellow" p="xs" icon={<IconHistory />} title={t('warning.note', { when: moment(plugin.note.at) })} lang="en">{plugin.note.text}</Alert>}
      {plugin.usedUp && <Alert color="yellow" p="xs" icon={<IconHourglassEmpty />} title={t('warning.usedUp')} lang="en">{plugin.usedUp}</Alert>}
      {unsigned.length > 0 && <Alert color="yellow" p="xs" icon={<IconShieldOff />} title={t('warning.unsigned', { versions: unsigned.join(', ') })}>{t('warning.unsignedWhy')}</Alert>}
      {left.length > 0 && <Alert color="yellow" p="xs" icon={<IconAlertTriangle />} title={t('warning.left', { versions: left.join(', ') })}>{t('warning.leftWhy')}</Alert>}
    </Stack>
  );
}
