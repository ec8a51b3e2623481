import type { SettingsSection } from '@web/modules';

/** What of orders a company settles for itself. */
export const settings: SettingsSection[] = [
  { path: 'orders', title: 'orders:settings.title', under: 'orders:list.title', order: 40, load: () => import('./OrderSettings') },
];
