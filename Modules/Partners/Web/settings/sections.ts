import type { SettingsSection } from '@web/modules';

const under = 'partners:menu.partners';

/** What of partners a company settles for itself. */
export const settings: SettingsSection[] = [
  { path: 'stages', title: 'partners:settings.stages', under, order: 20, load: () => import('./StagesSection') },
  { path: 'tags', title: 'partners:settings.tags', under, order: 21, load: () => import('./TagsSection') },
  { path: 'industries', title: 'partners:settings.industries', under, order: 22, load: () => import('./IndustriesSection') },
  { path: 'relations', title: 'partners:settings.relations', under, order: 23, load: () => import('./RelationsSection') },
];
