import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useRole } from '@web/session/session';
import { everyItem, isOffered } from './menus';

/** The keys that the menus' entries have. */
export function useMenuKeys(): void {
  const { t } = useTranslation();
  const go = useNavigate();
  const company = useCompany();
  const role = useRole();
  useKeys(Object.fromEntries(everyItem.filter(item => isOffered(item, role)).flatMap(item => (item.keys ? [[item.keys, { text: t(item.text), run: () => void go({ to: `/${company}/${item.to}` }) }]] : []))), 'menu');
}
