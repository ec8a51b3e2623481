import type { WebModule } from '@web/modules';
import { operatorPages } from './operator/pages';
import { settings } from './settings/sections';

export const module: WebModule = { pages: [], settings, operatorPages, live: { integrations: ['integrations'] } };
