import { IconArrowsDiff } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [{ path: 'registers/differences', title: 'registers:differences.title', load: () => import('./answers/DifferencesPage') }],
  side: { under: 'partners:menu.customers', order: 10, items: [{ text: 'registers:differences.title', to: 'registers/differences', icon: IconArrowsDiff, order: 30 }] },
  registerLookUp: () => import('./LookUp'),
  newCustomer: () => import('./NewCustomer'),
  partnerNote: () => import('./answers/RegisterNote'),
  live: { integrations: ['registers'], registerAnswer: ['register-answers'], partner: ['register-answers'] },
};
