import { IconTargetArrow } from '@tabler/icons-react';
import { answer, api } from '@web/api/client';
import type { WebModule } from '@web/modules';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  pages: [
    { path: 'cases', title: 'cases:list.title', load: () => import('./CasesPage') },
    { path: 'cases/new', title: 'cases:create.title', load: () => import('./create/CreatePage') },
    { path: 'cases/board', title: 'cases:board.title', load: () => import('./board/BoardPage') },
    { path: 'cases/$number', title: 'cases:case.title', load: () => import('./case/CasePage') },
  ],
  live: { case: ['cases', 'board', 'kpis'], caseSettings: ['case-statuses', 'lost-reasons'] },
  side: { order: 20, items: [{ text: 'cases:list.title', to: 'cases', icon: IconTargetArrow, order: 10, keys: 'g c' }] },
  create: [{ text: 'cases:menu.case', to: 'cases/new', icon: IconTargetArrow, order: 20 }],
  finders: [{
    text: 'cases:list.title',
    find: async (company, words, signal) => (await answer(api.GET('/api/v1/{company}/cases', { params: { path: { company }, query: { q: words, limit: 8 } }, signal }))).items
      .map(c => ({ key: `case ${c.number}`, text: c.title, detail: [c.number, c.partner.name].filter(Boolean).join(' · '), to: `cases/${c.number}` })),
  }],
};
