import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { problemText } from '@web/parts/ProblemText';

/** Above a form: what its address names could not be read, so that the form begins without it. */
export function Unread({ what, error }: { what: string; error: unknown }) {
  const { t } = useTranslation();
  const isNotThere = error instanceof Problem && [403, 404, 409, 410].includes(error.status);
  return <Alert color="yellow" mb="sm" icon={<IconAlertTriangle />} role="alert" title={what}>{isNotThere ? t('web:unread.why') : problemText(error, t)}</Alert>;
}
