import { IconAddressBook, IconBuildingStore, IconListDetails, IconListSearch } from '@tabler/icons-react';
import { answer, api } from '@web/api/client';
import { prefetchPages } from '@web/list/pages';
import { country } from '@web/parts/formats';
import type { WebModule } from '@web/modules';
import { listOverview, listPartners } from './partners';
import { settings } from './settings/sections';

export const module: WebModule = {
  settings,
  home: 'crm',
  pages: [
    { path: 'crm', title: 'partners:overview.title', load: () => import('./OverviewPage'), prefetch: (queries, company, search) => prefetchPages(queries, company, 'overview', search, (asked, signal) => listOverview(company, asked, signal)) },
    { path: 'partners', title: 'partners:find.title', load: () => import('./FindPage'), prefetch: (queries, company, search) => prefetchPages(queries, company, 'partners', search, (asked, signal) => listPartners(company, asked, signal)) },
    { path: 'partners/new', title: 'partners:create.title', load: () => import('./create/CreatePage') },
    { path: 'partners/$number', title: 'partners:card.title', load: () => import('./card/CardPage') },
  ],
  top: {
    under: 'partners:menu.partners',
    items: [
      { text: 'partners:menu.find', to: 'partners', icon: IconListSearch, order: 10, keys: 'g p' },
      { text: 'partners:menu.crm', to: 'crm', icon: IconAddressBook, order: 20 },
    ],
  },
  side: { under: 'partners:menu.customers', order: 10, items: [{ text: 'partners:menu.overview', to: 'crm', icon: IconListDetails, order: 10, keys: 'g h' }] },
  create: [{ text: 'partners:menu.customer', to: 'partners/new', icon: IconBuildingStore, order: 10, keys: 'n' }],
  live: { partner: ['partners', 'overview'], partnerSettings: ['stages', 'tags', 'industries', 'relations'], companyProfile: ['users', 'departments', 'company'] },
  finders: [{
    text: 'partners:menu.partners',
    find: async (company, words, signal) => (await answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: { q: words, limit: 8 } }, signal }))).items
      .map(p => ({ key: `${p.number}`, text: p.name, detail: `${p.number} · ${country(p.country)}`, to: `partners/${p.number}` })),
  }],
};
