import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { createItems, everyItem } from './menus';

/** The keys that the menus' entries have. */
export function useMenuKeys(): void {
  const go = useNavigate();
  const company = useCompany();
  const mayWrite = useMayWrite();
  useKeys(Object.fromEntries(everyItem.filter(item => mayWrite || !createItems.includes(item)).flatMap(item => (item.keys ? [[item.keys, () => void go({ to: `/${company}/${item.to}` })]] : []))), window);
}
