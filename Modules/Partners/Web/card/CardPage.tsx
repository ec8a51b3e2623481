import { ActionIcon, Menu, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconDots, IconSitemap, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { useUndoKey } from '@web/operations/undo';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { contactsQuery } from '../fields/contact';
import { countQuery, type Partner, partnerQuery } from '../partners';
import classes from './Card.module.css';
import { Contacts } from './Contacts';
import { DeletedCard } from './DeletedCard';
import { DeletePartner } from './deleting';
import { Head } from './Head';
import { History } from './History';
import { Neighbours } from './Neighbours';
import { Overview } from './Overview';
import { Branches, Cases, Invoices, Orders } from './RelatedTables';
import { Strip } from './Strip';

/** /{company}/partners/{number} */
export default function CardPage() {
  const company = useCompany();
  const number = Number((useParams({ strict: false }) as { number?: string }).number);
  const { data: partner, error, refetch } = useQuery(partnerQuery(company, number));
  useUndoKey();
  if (error instanceof Problem && error.code === 'partner.deleted') return <DeletedCard key={number} number={number} />;
  if (error && !partner) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <div className={classes.card}>
      <div className={classes.top}><Neighbours number={number} /></div>
      {partner ? <Card key={number} partner={partner} /> : <Stack><Skeleton height={56} width="50%" /><Skeleton height={84} /><Skeleton height={32} /><Skeleton height={300} /></Stack>}
    </div>
  );
}

const tabs = ['overview', 'contacts', 'cases', 'orders', 'invoices', 'branches', 'history'] as const;
type Tab = (typeof tabs)[number];

function Card({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { number } = partner;
  const asked = (useSearch({ strict: false }) as { tab?: string }).tab;
  const counts: Partial<Record<Tab, number | undefined>> = {
    contacts: useQuery(contactsQuery(company, number)).data?.filter(c => c.active).length,
    cases: useQuery(countQuery(company, number, 'cases')).data,
    orders: useQuery(countQuery(company, number, 'orders')).data,
    invoices: useQuery(countQuery(company, number, 'invoices')).data,
    branches: useQuery(countQuery(company, number, 'branches')).data,
  };
  const tab: Tab = tabs.find(name => name === asked) ?? 'overview';
  const open = (name: string | null) => void go({ to: `/${company}/partners/${number}`, search: (name && name !== 'overview' ? { tab: name } : {}) as never, replace: true, resetScroll: false });
  useKeys({
    e: mayWrite && { text: t('web:help.edit'), run: () => { if (tab === 'overview') (document.activeElement?.closest('[data-section]') ?? document.querySelector('[data-section]:hover') ?? document).querySelector<HTMLElement>('[data-pencil]')?.click(); else open('overview'); } },
    ...Object.fromEntries(tabs.map((name, i) => [`${i + 1}`, { text: t('web:help.tab'), run: () => open(name) }])),
  });
  useEffect(() => { document.title = `${partner.name} · CRM`; }, [partner.name]);

  return (
    <>
      <Head partner={partner} actions={<More partner={partner} />} />
      <Strip partner={partner} />
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
          {tabs.map(name => <Tabs.Tab key={name} value={name}>{t(`card.${name}`)}{counts[name] !== undefined && ` (${counts[name]})`}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="sm">
          {tab === 'overview' && <Overview partner={partner} />}
          {tab === 'contacts' && <Contacts number={number} />}
          {tab === 'cases' && <Cases number={number} />}
          {tab === 'orders' && <Orders number={number} />}
          {tab === 'invoices' && <Invoices number={number} />}
          {tab === 'branches' && <Branches number={number} />}
          {tab === 'history' && <History number={number} />}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function More({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const [isDeleting, setDeleting] = useState(false);
  if (!useMayWrite()) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={30} aria-label={t('card.more')}><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/${company}/partners/new`} search={{ parent: `${partner.number}` } as never} leftSection={<IconSitemap size={16} />}>{t('branch.add')}</Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('deleted.delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && <DeletePartner partner={partner} onClose={() => setDeleting(false)} />}
    </>
  );
}
