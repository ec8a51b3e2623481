import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { colours } from './pushes';

/** Where an entry is, in words; the colour only helps to find it. */
export function PushState({ state }: { state: string }) {
  const { t } = useTranslation('accounting');
  return <Badge style={{ flex: 'none' }} variant="light" radius="sm" tt="none" fw={600} color={colours[state] ?? 'gray'}>{t(`push.${state}`, { defaultValue: state })}</Badge>;
}
