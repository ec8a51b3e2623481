import { IconSettings } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [
    { path: 'settings', title: 'companies:settings.title', load: () => import('./SettingsPage') },
    { path: 'settings/$section', title: 'companies:settings.title', load: () => import('./SettingsPage') },
  ],
  side: { order: 90, items: [{ text: 'companies:settings.title', to: 'settings', icon: IconSettings, order: 10, keys: 'g s', admin: true }] },
  settings: [
    { path: 'company', title: 'companies:profile.title', under: 'companies:settings.company', order: 10, load: () => import('./settings/ProfileSection') },
    { path: 'users', title: 'companies:users.title', under: 'companies:settings.company', order: 11, load: () => import('./settings/UsersSection') },
    { path: 'departments', title: 'companies:departments.title', under: 'companies:settings.company', order: 12, load: () => import('./settings/DepartmentsSection') },
    { path: 'api-keys', title: 'companies:keys.title', under: 'companies:settings.company', order: 13, load: () => import('./settings/KeysSection') },
  ],
  operatorPages: [
    { path: 'companies', title: 'companies:operator.title', load: () => import('./operator/CompaniesPage') },
    { path: 'companies/$slug', title: 'companies:operator.title', load: () => import('./operator/CompanyPage') },
  ],
};
