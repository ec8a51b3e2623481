import type { WebModule } from '@web/modules';

export const module: WebModule = {
  pages: [{ path: 'import', title: 'imports:title', load: () => import('./ImportPage') }],
};
