import { IconSettings } from '@tabler/icons-react';
import type { WebModule } from '@web/modules';
import { operatorPages } from './operator/pages';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  operatorPages,
  pages: [
    { path: 'settings', title: 'companies:settings.title', load: () => import('./SettingsPage') },
    { path: 'settings/$section', title: 'companies:settings.title', load: () => import('./SettingsPage') },
  ],
  side: { order: 90, items: [{ text: 'companies:settings.title', to: 'settings', icon: IconSettings, order: 10, keys: 'g s', admin: true }] },
  live: { companyProfile: ['company', 'users', 'departments'], apiKey: ['api-keys'] },
};
