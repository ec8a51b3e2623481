import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './main.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from '@web/api/problem';
import { startTexts } from '@web/i18n';
import { makeRouter } from '@web/router';
import { sessionQuery } from '@web/session/session';
import { SessionGuard } from '@web/session/SessionGuard';
import { contrasts, theme } from '@web/theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refuses it refuses the second time too; outages pass.
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

// After an update the server has other files than those that the open page knows by name.
window.addEventListener('vite:preloadError', () => {
  if (Date.now() - Number(sessionStorage.getItem('crm-reloaded')) < 10_000) return;
  // Without a network a reload would leave nothing but the browser's own page.
  void fetch('/', { method: 'HEAD', cache: 'no-store' }).then(() => {
    sessionStorage.setItem('crm-reloaded', `${Date.now()}`);
    location.reload();
  }, () => undefined);
});

// Asked for while the texts are on their way.
void queries.prefetchQuery(sessionQuery);
await startTexts();
const router = makeRouter(queries);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={contrasts} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" />
        <SessionGuard />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
