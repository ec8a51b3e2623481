import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useListSearch } from '@web/list/search';
import { useKeys } from '@web/parts/useKeys';
import { ActivityTab } from './ActivityTab';
import { useCaseEditing } from './context';
import { CustomerTab } from './CustomerTab';
import { HistoryTab } from './HistoryTab';
import { OrdersTab } from './OrdersTab';
import { SameCustomerTab } from './SameCustomerTab';

/** The parts of a case; those of the same customer are there when they have something to show (R100). The number keys choose. */
export function CaseTabs() {
  const { t } = useTranslation('cases');
  const { c } = useCaseEditing();
  const { search, change } = useListSearch();
  const { cases = 0, orders = 0 } = c.related ?? {};
  const tabs = [
    { key: 'customer', name: t('tab.customer'), panel: <CustomerTab /> },
    { key: 'activity', name: t('tab.activity'), panel: <ActivityTab /> },
    ...(cases > 0 ? [{ key: 'same', name: t('tab.same', { count: cases }), panel: <SameCustomerTab /> }] : []),
    ...(orders > 0 ? [{ key: 'orders', name: t('tab.orders', { count: orders }), panel: <OrdersTab /> }] : []),
    { key: 'history', name: t('tab.history'), panel: <HistoryTab /> },
  ];
  const open = tabs.find(tab => tab.key === search['tab'])?.key ?? tabs[0]!.key;
  const show = (key: string) => change({ tab: key === tabs[0]!.key ? undefined : key });
  useKeys(Object.fromEntries(tabs.map((tab, i) => [`${i + 1}`, { text: t('web:help.tab'), run: () => show(tab.key) }])));
  return (
    <Tabs value={open} onChange={key => show(key ?? open)} keepMounted={false}>
      <Tabs.List>{tabs.map((tab, i) => <Tabs.Tab key={tab.key} value={tab.key} aria-keyshortcuts={`${i + 1}`}>{tab.name}</Tabs.Tab>)}</Tabs.List>
      {tabs.map(tab => <Tabs.Panel key={tab.key} value={tab.key} pt="md">{tab.panel}</Tabs.Panel>)}
    </Tabs>
  );
}
