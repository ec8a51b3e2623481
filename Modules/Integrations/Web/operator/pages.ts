import type { WebModule } from '@web/modules';

/** Below /operator. */
export const operatorPages: NonNullable<WebModule['operatorPages']> = [];
