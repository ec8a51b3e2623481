import { IconListSearch } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';

export const module: WebModule = {
  home: 'crm',
  pages: [{ path: 'crm', title: 'partners:menu.crm', load: () => import('./OverviewPage') }],
  top: { under: 'partners:menu.partners', items: [{ text: 'partners:menu.crm', to: 'crm', icon: IconListSearch, order: 20, keys: 'g c' }] },
};
