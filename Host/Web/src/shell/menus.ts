import { type MenuItem, modules, type Role } from '@web/modules';

const inOrder = (a: { order: number }, b: { order: number }) => a.order - b.order;

export interface MenuGroup { head: string | undefined; order: number; items: MenuItem[] }

/** The top menu: heads with their entries. */
export const topMenus: { head: string; items: MenuItem[] }[] = [...Map.groupBy(modules.flatMap(m => m.top ?? []), top => top.under)]
  .map(([head, tops]) => ({ head, items: tops.flatMap(top => top.items).sort(inOrder) }));

/** The side navigation. */
export const sideGroups: MenuGroup[] = [...Map.groupBy(modules.flatMap(m => m.side ?? []), side => side.under ?? side).values()]
  .map(same => ({ head: same[0]!.under, order: Math.min(...same.map(side => side.order)), items: same.flatMap(side => side.items).sort(inOrder) })).sort(inOrder);

/** What Add new offers. */
export const createItems: MenuItem[] = modules.flatMap(m => m.create ?? []).sort(inOrder);

/** Everything that a key can open. */
export const everyItem: MenuItem[] = [...topMenus.flatMap(top => top.items), ...sideGroups.flatMap(group => group.items), ...createItems]
  .filter((item, at, all) => all.findIndex(other => other.to === item.to && other.text === item.text) === at);

/** What of it is offered to somebody with a role. */
export const isOffered = (item: MenuItem, role: Role | undefined): boolean => (item.admin ? role === 'admin' : role !== 'reader' || !createItems.includes(item));
