import { useQueryClient } from '@tanstack/react-query';
import { api, keepCsrf } from '@web/api/client';

/** Ends the session; the page is loaded anew, so that nothing of the user stays in memory. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  return () => void api.DELETE('/api/v1/session').finally(() => {
    keepCsrf(null);
    queries.clear();
    location.assign('/sign-in');
  });
}
