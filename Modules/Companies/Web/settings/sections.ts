import type { SettingsSection } from '@web/modules';

const under = 'companies:settings.company';

/** What a company settles about itself. */
export const settings: SettingsSection[] = [
  { path: 'company', title: 'companies:profile.title', under, order: 10, load: () => import('./ProfileSection') },
  { path: 'users', title: 'companies:users.title', under, order: 11, load: () => import('./UsersSection') },
  { path: 'departments', title: 'companies:departments.title', under, order: 12, load: () => import('./DepartmentsSection') },
  { path: 'api-keys', title: 'companies:keys.title', under, order: 13, load: () => import('./KeysSection') },
];
