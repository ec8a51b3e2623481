import { IconFileInvoice, IconSend, IconUserQuestion } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  pages: [
    { path: 'invoices', title: 'accounting:invoices.title', load: () => import('./invoices/InvoicesPage') },
    { path: 'accounting/customers', title: 'accounting:customers.title', load: () => import('./customers/CustomersPage') },
    { path: 'accounting/customers/all', title: 'accounting:customers.all', load: () => import('./customers/CustomersPage') },
    { path: 'accounting/pushes', title: 'accounting:pushes.title', load: () => import('./pushes/PushesPage') },
  ],
  side: { order: 40, items: [
    { text: 'accounting:invoices.title', to: 'invoices', icon: IconFileInvoice, order: 10 },
    { text: 'accounting:customers.menu', to: 'accounting/customers', icon: IconUserQuestion, order: 20 },
    { text: 'accounting:pushes.menu', to: 'accounting/pushes', icon: IconSend, order: 30 },
  ] },
  partnerAccounting: () => import('./pushes/Why'),
  live: { accountingConnection: ['accounting-connections'], accountingCustomer: ['accounting-customers', 'accounting-customers-all', 'accounting-why'], accountingPush: ['accounting-pushes', 'accounting-why'], accountingRules: ['accounting-rules', 'accounting-why'], accountingSettings: ['accounting-settings', 'partners'], invoice: ['invoices'], integrations: ['accounting-systems', 'accounting-connections'] },
};
