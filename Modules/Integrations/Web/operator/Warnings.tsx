import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { UnsignedVersions } from '../Unsigned';
import { leftBehindOf, type Plugin, unsignedOf } from './plugins';

/** What an operator must know of a plugin before anything else. The sentences of what happened are the server's own. */
export function Warnings({ plugin }: { plugin: Plugin }) {
  const { t } = useTranslation('integrations');
  const [unsigned, left] = [unsignedOf(plugin), leftBehindOf(plugin)];
  return (
    <Stack gap="xs">
      {plugin.problem && <Alert color="red" p="xs" icon={<IconAlertTriangle />} title={t('warning.problem')}><span lang="en">{plugin.problem}</span></Alert>}
      {plugin.note && <Alert color="yellow" p="xs" icon={<IconHistory />} title={t('warning.note', { when: moment(plugin.note.at) })}><span lang="en">{plugin.note.text}</span></Alert>}
      {plugin.usedUp && <Alert color="yellow" p="xs" icon={<IconHourglassEmpty />} title={t('warning.usedUp')}><span lang="en">{plugin.usedUp}</span></Alert>}
      {unsigned.length > 0 && <UnsignedVersions versions={unsigned} />}
      {left.length > 0 && <Alert color="yellow" p="xs" icon={<IconAlertTriangle />} title={t('warning.left', { versions: left.join(', ') })}>{t('warning.leftWhy')}</Alert>}
    </Stack>
  );
}
