import { IconClipboardList, IconShoppingCart } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  pages: [
    { path: 'orders', title: 'orders:list.title', load: () => import('./OrdersPage') },
    { path: 'orders/new', title: 'orders:create.title', load: () => import('./create/NewOrderPage') },
    { path: 'orders/$number', title: 'orders:order.title', load: () => import('./order/OrderPage') },
  ],
  side: { order: 30, items: [{ text: 'orders:list.title', to: 'orders', icon: IconShoppingCart, order: 10, keys: 'g o' }] },
  create: [{ text: 'orders:menu.order', to: 'orders/new', icon: IconClipboardList, order: 30 }],
};
