import { FileButton, Menu, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBuilding, IconPhotoUp, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { problemText } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Partner, partnerQuery } from '../partners';
import classes from './Card.module.css';

const kinds = 'image/png,image/jpeg,image/webp,image/svg+xml';
const mostBytes = 512 * 1024;

/** The firm's logo; a click changes it (R17). */
export function Logo({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const reset = useRef<() => void>(null);
  const path = { company, number: partner.number };
  const change = useMutation({
    mutationFn: (file: File | null) => {
      if (file === null) return answer(api.DELETE('/api/v1/{company}/partners/{number}/logo', { params: { path } }));
      if (file.size > mostBytes) throw new Problem(413, { code: 'request.tooLarge' });
      return answer(api.PUT('/api/v1/{company}/partners/{number}/logo', { params: { path }, body: file as never, bodySerializer: body => body as never, headers: { 'Content-Type': file.type || 'application/octet-stream' } }));
    },
    onSuccess: after => {
      queries.setQueryData(partnerQuery(company, partner.number).queryKey, { ...after, counts: partner.counts });
      void queries.invalidateQueries({ queryKey: [company, 'partners', partner.number] });
    },
    onError: error => {
      const isRefused = error instanceof Problem && [400, 413, 415, 422].includes(error.status);
      notifications.show({ color: 'red', autoClose: 10_000, title: t('logo.refused'), message: isRefused ? t(error.status === 413 ? 'logo.tooLarge' : 'logo.notAPicture') : problemText(error, t), closeButtonProps: { 'aria-label': t('web:close') } });
    },
    onSettled: () => reset.current?.(),
  });
  const picture = partner.logo
    ? <img src={`/api/v1/${company}/partners/${partner.number}/logo?${partner.logo.hash.slice(0, 8)}`} alt={t('logo.of', { name: partner.name })} />
    : <IconBuilding size={28} stroke={1.3} aria-hidden color="var(--mantine-color-dimmed)" />;
  if (!mayWrite) return <div className={classes.logo}>{picture}</div>;
  return (
    <FileButton accept={kinds} resetRef={reset} onChange={file => { if (file) change.mutate(file); }} inputProps={{ 'aria-label': t('logo.upload') }}>
      {({ onClick }) => (
        <Menu position="bottom-start">
          <Menu.Target><UnstyledButton className={classes.logo} aria-label={t(partner.logo ? 'logo.change' : 'logo.upload')} aria-busy={change.isPending}>{picture}</UnstyledButton></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPhotoUp size={16} />} onClick={onClick}>{t('logo.upload')}</Menu.Item>
            {partner.logo && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => change.mutate(null)}>{t('logo.remove')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  );
}
