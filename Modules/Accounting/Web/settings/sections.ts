import type { SettingsSection } from '@web/modules';

/** What is read from accounting systems, and how it goes. */
export const settings: SettingsSection[] = [
  { path: 'accounting', title: 'accounting:settings.title', under: 'companies:settings.company', order: 15, load: () => import('./AccountingSection') },
];
