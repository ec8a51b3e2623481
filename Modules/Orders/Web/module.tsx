import { IconClipboardList, IconShoppingCart } from '@tabler/icons-react';
import { answer, api } from '@web/api/client';
import type { WebModule } from '@web/modules';
import { amount } from '@web/parts/formats';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  pages: [
    { path: 'orders', title: 'orders:list.title', load: () => import('./OrdersPage') },
    { path: 'orders/new', title: 'orders:create.title', load: () => import('./create/NewOrderPage') },
    { path: 'orders/$number', title: 'orders:order.title', load: () => import('./order/OrderPage') },
  ],
  live: { order: ['orders'], orderSettings: ['order-settings'] },
  side: { order: 30, items: [{ text: 'orders:list.title', to: 'orders', icon: IconShoppingCart, order: 10, keys: 'g o' }] },
  create: [{ text: 'orders:menu.order', to: 'orders/new', icon: IconClipboardList, order: 30 }],
  finders: [{
    text: 'orders:list.title',
    find: async (company, words, signal) => (await answer(api.GET('/api/v1/{company}/orders', { params: { path: { company }, query: { limit: 8, ...(/^\d+$/.test(words) ? { number: words } : { q: words }) } as object }, signal }))).items
      .map(o => ({ key: `order ${o.number}`, text: [o.number, o.partner.name].filter(Boolean).join(' · '), detail: `${amount(o.net.amount)} ${o.net.currency}`, to: `orders/${o.number}` })),
  }],
};
