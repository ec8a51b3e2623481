import { IconHistory } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [{ path: 'operations', title: 'operations:title', load: () => import('./OperationsPage') }],
  side: { order: 80, items: [{ text: 'operations:menu', to: 'operations', icon: IconHistory, order: 10 }] },
};
