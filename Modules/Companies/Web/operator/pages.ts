import type { WebModule } from '@web/modules';

/** Below /operator. */
export const operatorPages: NonNullable<WebModule['operatorPages']> = [
  { path: 'companies', title: 'companies:operator.title', menu: 'companies:operator.title', load: () => import('./CompaniesPage') },
  { path: 'companies/$slug', title: 'companies:operator.title', load: () => import('./CompanyPage') },
];
