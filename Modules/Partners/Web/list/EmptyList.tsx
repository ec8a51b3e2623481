import { Button, Group, Text } from '@mantine/core';
import { IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCompany, useIsAdmin, useMayWrite } from '@web/session/session';
import classes from './PartnerList.module.css';

/** In place of rows: what can be done so that there are some. */
export function EmptyList({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const isAdmin = useIsAdmin();
  return (
    <div className={classes.empty}>
      <IconSearch size={32} stroke={1.4} aria-hidden />
      <Text fw={600}>{t(filtered ? 'empty.filtered' : 'empty.none')}</Text>
      <Group justify="center">
        {filtered && <Button variant="default" onClick={onClear}>{t('filter.clear')}</Button>}
        {!filtered && mayWrite && <Button component={Link} to={`/${company}/partners/new`} leftSection={<IconPlus size={16} />}>{t('create.button')}</Button>}
        {!filtered && isAdmin && <Button variant="default" component={Link} to={`/${company}/import`} leftSection={<IconFileImport size={16} />}>{t('empty.import')}</Button>}
      </Group>
    </div>
  );
}
