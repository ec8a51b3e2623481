import type { SettingsSection } from '@web/modules';

/** What a company lets other systems do for it. */
export const settings: SettingsSection[] = [
  { path: 'integrations', title: 'integrations:title', under: 'companies:settings.company', order: 14, load: () => import('./IntegrationsSection') },
];
