import type { WebModule } from '@web/modules';

/** Below /operator. */
export const operatorPages: NonNullable<WebModule['operatorPages']> = [
  { path: 'plugins', title: 'integrations:operator.title', menu: 'integrations:operator.title', load: () => import('./PluginsPage') },
  { path: 'plugins/$id', title: 'integrations:operator.title', load: () => import('./PluginPage') },
  { path: 'publishers', title: 'integrations:publishers.title', menu: 'integrations:publishers.title', load: () => import('./PublishersPage') },
];
