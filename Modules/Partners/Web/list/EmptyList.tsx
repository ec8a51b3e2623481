import { Button, Group } from '@mantine/core';
import { IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NoRows } from '@web/list/ListFrame';
import { useCompany, useIsAdmin, useMayWrite } from '@web/session/session';

/** In place of rows: what can be done so that there are some. */
export function EmptyList({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const isAdmin = useIsAdmin();
  return (
    <NoRows icon={<IconSearch size={32} stroke={1.4} aria-hidden />} text={t(filtered ? 'empty.filtered' : 'empty.none')}>
      <Group justify="center">
        {mayWrite && <Button component={Link} to={`/${company}/partners/new`} leftSection={<IconPlus size={16} />}>{t('create.button')}</Button>}
        {isAdmin && <Button variant="default" component={Link} to={`/${company}/import`} leftSection={<IconFileImport size={16} />}>{t('empty.import')}</Button>}
      </Group>
    </NoRows>
  );
}
