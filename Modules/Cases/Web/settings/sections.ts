import type { SettingsSection } from '@web/modules';

const under = 'cases:list.title';

/** What of cases a company settles for itself. */
export const settings: SettingsSection[] = [
  { path: 'case-statuses', title: 'cases:settings.statuses', under, order: 30, load: () => import('./StatusesSection') },
  { path: 'lost-reasons', title: 'cases:settings.reasons', under, order: 31, load: () => import('./ReasonsSection') },
];
