import { Navigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Doorway } from './Doorway';
import { sessionQuery } from './session';
import { SignInForm } from './SignInForm';

export default function SignInPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  if (session) {
    // Only an address of ours: a link from outside must not lead on to another site.
    const next = new URLSearchParams(location.search).get('next') ?? '/';
    return <Navigate to={/^\/(?![/\\])/.test(next) ? next : '/'} replace />;
  }
  return <Doorway title={t('signIn.title')}><SignInForm /></Doorway>;
}
