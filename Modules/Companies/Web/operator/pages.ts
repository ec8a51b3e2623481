import type { Page } from '@web/modules';

/** Below /operator. */
export const operatorPages: Page[] = [
  { path: 'companies', title: 'companies:operator.title', load: () => import('./CompaniesPage') },
  { path: 'companies/$slug', title: 'companies:operator.title', load: () => import('./CompanyPage') },
];
