import { IconTargetArrow } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [{ path: 'cases', title: 'cases:list.title', load: () => import('./CasesPage') }],
  live: { case: ['cases', 'kpis'], caseSettings: ['case-statuses', 'lost-reasons'] },
  side: { order: 20, items: [{ text: 'cases:list.title', to: 'cases', icon: IconTargetArrow, order: 10, keys: 'g c' }] },
};
