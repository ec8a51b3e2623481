import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [],
  registerLookUp: () => import('./LookUp'),
  newCustomer: () => import('./NewCustomer'),
  live: { integrations: ['registers'] },
};
