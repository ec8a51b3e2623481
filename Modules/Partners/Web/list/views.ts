import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadyView } from '@web/list/views';

/** The views that every company has from the start; the one of a person is everybody's own. */
export function useReadyViews(): ReadyView[] {
  const { t } = useTranslation('partners');
  return useMemo((): ReadyView[] => [
    { id: 'mine', name: t('view.mine'), query: { owner: 'me' } },
    { id: 'pipeline', name: t('view.pipeline'), query: { openCases: 'true', wonCases: 'false' } },
    { id: 'over-limit', name: t('view.overLimit'), query: { overLimit: 'true', sort: '-balance' } },
    { id: 'no-owner', name: t('view.noOwner'), query: { owner: 'none' } },
  ], [t]);
}
