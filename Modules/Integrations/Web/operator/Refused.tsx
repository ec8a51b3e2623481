import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { ProblemNote } from '@web/parts/ProblemText';

/** By the first part of a code: what it is about. */
const abouts: Record<string, string> = { signature: 'signature', package: 'package', manifest: 'package', contract: 'package', plugin: 'start' };

/** What a refusal of a package or a version means; '' = it is about something else. */
export function meaningOf(error: unknown, t: TFunction<'integrations'>): string {
  if (!(error instanceof Problem) || error.status < 400 || error.status >= 500) return '';
  const about = abouts[error.code.split('.')[0] ?? ''];
  return t(`failed.${error.code}`, { defaultValue: about ? t(`failed.${about}`) : '' });
}

/** Why something was not done: in plain words, and below them what exactly, which only the server knows and says in English. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('integrations');
  const meaning = meaningOf(error, t);
  if (meaning === '') return <ProblemNote error={error} />;
  return <Alert color="red" p="xs" icon={<IconAlertCircle />} role="alert" title={meaning}><Text size="sm" lang="en" style={{ overflowWrap: 'anywhere' }}>{(error as Problem).message}</Text></Alert>;
}
