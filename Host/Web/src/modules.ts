import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { ListQuery, Schemas } from '@web/api/client';
import type { Members } from '@web/edit/patch';
import type { Form } from '@web/edit/useForm';
import type { Partner } from '@web/parts/partner';

/** A page of a module, loaded when it is first opened. */
export interface Page {
  /** Below the company, such as partners/$number. */
  path: string;
  /** A text's key with its namespace, such as partners:card.title; what the tab of the browser says. */
  title: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Asks for what the page will show, while its script is on its way. */
  prefetch?: (queries: QueryClient, company: string, search: ListQuery) => void;
}

/** An entry of the menus. */
export interface MenuItem {
  text: string;
  /** A page's path, below the company. */
  to: string;
  icon: TablerIcon;
  /** Smaller is further up. */
  order: number;
  /** Keys after each other that open it, such as g p. */
  keys?: string;
  /** Only offered to administrators. */
  admin?: true;
}

/** A section of the settings, at settings/<path>; loaded when it is first opened. */
export interface SettingsSection {
  path: string;
  title: string;
  /** The heading that it stands under. */
  under: string;
  /** Smaller is further up. */
  order: number;
  load: () => Promise<{ default: ComponentType }>;
}

/** What Ctrl+K finds, beside the menus' entries. */
export interface Finder {
  /** Heading of the hits. */
  text: string;
  find: (company: string, words: string, signal: AbortSignal) => Promise<{ key: string; text: string; detail: string; to: string }[]>;
}

/** A place of business that the register has under the chosen firm (R55). */
export interface OfferedBranch {
  /** As a partner of its own. */
  fields: Members;
  /** The firm's main place. */
  isMain: boolean;
}

export interface LookUpProps {
  form: Form;
  /** Called when a firm was chosen and its members are in the form; with what could be made under it. Without it, branches are not spoken of. */
  onFilled?: (branches: readonly OfferedBranch[]) => void;
  /** Called with what is to be done with the partner once it is made from the chosen firm. */
  onChosen?: (afterwards: (partner: Partner) => void) => void;
}

export interface PartnerNoteProps { partner: Partner }

export interface NewCustomerProps { onMade: (partner: { number: number; name: string }) => void }

/** What a module brings: exported as `module` by Modules/<Name>/Web/module.tsx. Removing the module's folder removes all of it. */
export interface WebModule {
  pages: Page[];
  /** By the head of the top menu that they are under. */
  top?: { under: string; items: MenuItem[] };
  /** By the head of the side navigation that they are under; without one they stand for themselves. */
  side?: { under?: string; order: number; items: MenuItem[] };
  /** Under Add new. */
  create?: MenuItem[];
  finders?: Finder[];
  settings?: SettingsSection[];
  /** Pages outside the companies, below operator, for who runs the program; those with a menu's text are in its menu. */
  operatorPages?: (Page & { menu?: string })[];
  /** Looks firms up in a public register and fills the form of a new partner. */
  registerLookUp?: () => Promise<{ default: ComponentType<LookUpProps> }>;
  /** Beside the choice of a customer: makes a new one from a public register. */
  newCustomer?: () => Promise<{ default: ComponentType<NewCustomerProps> }>;
  /** On a partner's card: what a public register says of it. */
  partnerNote?: () => Promise<{ default: ComponentType<PartnerNoteProps> }>;
  /** On a partner's card: whether it is in the accounting systems, and why or why not. */
  partnerAccounting?: () => Promise<{ default: ComponentType<PartnerNoteProps> }>;
  /** By the kind of a thing in the journal, the second part of the keys of the queries that show it: read again when one of that kind has changed. */
  live?: Record<string, readonly string[]>;
  /** The first page of a company; the first module that has one gives it. */
  home?: string;
}

export type Role = Schemas['Role'];

export const modules: WebModule[] = Object.values(import.meta.glob<WebModule>('../../../Modules/*/Web/module.tsx', { eager: true, import: 'module' }));

/** The first page of who runs the program. */
export const operatorHome = `/operator/${modules.flatMap(m => m.operatorPages ?? [])[0]?.path ?? ''}`;
