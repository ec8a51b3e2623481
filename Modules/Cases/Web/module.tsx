import { IconTargetArrow } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  pages: [{ path: 'cases', title: 'cases:list.title', load: () => import('./CasesPage') }],
  side: { order: 20, items: [{ text: 'cases:list.title', to: 'cases', icon: IconTargetArrow, order: 10, keys: 'g c' }] },
};
