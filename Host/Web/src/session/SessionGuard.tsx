import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onSession } from '@web/api/client';
import { type Session, sessionKey } from './session';

const ExpiredDialog = lazy(() => import('./ExpiredDialog'));

/** When the session ends under an open page: signs in over it, so that nothing that was typed is lost. */
export function SessionGuard() {
  const queries = useQueryClient();
  const [expired, setExpired] = useState(false);

  useEffect(() => onSession(happened => {
    if (happened === 'expired' && queries.getQueryData<Session>(sessionKey)) setExpired(true);
    if (happened === 'password') void queries.invalidateQueries({ queryKey: sessionKey });
  }), [queries]);

  const signedIn = () => {
    setExpired(false);
    void queries.invalidateQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] });
  };

  return <Suspense>{expired && <ExpiredDialog email={queries.getQueryData<Session>(sessionKey)?.user?.email ?? ''} onSignedIn={signedIn} />}</Suspense>;
}
