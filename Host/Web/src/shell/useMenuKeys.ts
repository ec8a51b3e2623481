import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '@web/parts/useKeys';
import { useCompany } from '@web/session/session';
import { everyItem } from './menus';

/** The keys that the menus' entries have. */
export function useMenuKeys(): void {
  const go = useNavigate();
  const company = useCompany();
  useKeys(Object.fromEntries(everyItem.flatMap(item => (item.keys ? [[item.keys, () => void go({ to: `/${company}/${item.to}` })]] : []))));
}
