import { type QueryClient, useQuery } from '@tanstack/react-query';
import { type AnyRoute, createRootRoute, createRoute, createRouter, type ErrorComponentProps, lazyRouteComponent, Navigate, Outlet, redirect, type RouteComponent } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { modules, operatorHome, type Page } from '@web/modules';
import { ProblemPanel } from '@web/parts/ProblemText';
import { sessionQuery } from '@web/session/session';
import { NoCompanyPage, NotFoundPage } from '@web/shell/EmptyPages';
import { OperatorShell } from '@web/shell/OperatorShell';
import { Shell } from '@web/shell/Shell';

/** In the address bar a list's query stands as the API has it: ?stage=active,lost&sort=-balance */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Record<string, unknown>): string {
  const text = new URLSearchParams(Object.entries(search).filter(([, v]) => v !== undefined && v !== '').map(([k, v]) => [k, String(v)])).toString().replaceAll('%2C', ',');
  return text && `?${text}`;
}

/** What is no answer of the server's is a script that could not be fetched, or a fault of ours: the page begins anew, as far as there is a network to fetch it by. */
const ErrorPanel = ({ error, reset }: ErrorComponentProps) => <ProblemPanel error={error} retry={() => (error instanceof Problem || !navigator.onLine ? reset() : location.reload())} />;

function Titled({ page }: { page: Page }) {
  const { t } = useTranslation();
  useEffect(() => { document.title = `${t(page.title)} · CRM`; });
  return null;
}

export function makeRouter(queries: QueryClient) {
  const root = createRootRoute({ component: Outlet, errorComponent: ErrorPanel, notFoundComponent: NotFoundPage });
  const session = () => queries.ensureQueryData(sessionQuery);

  const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: lazyRouteComponent(() => import('@web/session/SignInPage')) });
  const invitation = createRoute({ getParentRoute: () => root, path: '/invitation', component: lazyRouteComponent(() => import('@web/session/InvitationPage')) });
  const start = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: async () => {
      if (!await session()) throw redirect({ to: '/sign-in' });
    },
    component: function Start() {
      const { data } = useQuery(sessionQuery);
      const last = localStorage.getItem('crm-company');
      const company = data?.companies.find(c => c.slug === last) ?? data?.companies[0];
      const home = modules.find(m => m.home)?.home;
      if (company && home) return <Navigate to={`/${company.slug}/${home}`} replace />;
      return data?.isOperator && !data.mustChangePassword ? <Navigate to={operatorHome} replace /> : <NoCompanyPage />;
    },
  });
  const signedIn = async ({ location }: { location: { href: string } }) => {
    if (!await session()) throw redirect({ to: '/sign-in', search: { next: location.href } as never });
  };
  const operator = createRoute({ getParentRoute: () => root, path: '/operator', beforeLoad: signedIn, component: OperatorShell, errorComponent: ErrorPanel });
  const company = createRoute({
    getParentRoute: () => root,
    path: '/$company',
    beforeLoad: signedIn,
    component: Shell,
    errorComponent: ErrorPanel,
  });
  const companyHome = createRoute({
    getParentRoute: () => company,
    path: '/',
    component: function Home() {
      const { company: slug } = company.useParams();
      return <Navigate to={`/${slug}/${modules.find(m => m.home)?.home ?? ''}`} replace />;
    },
  });
  const routeOf = (page: Page, parent: AnyRoute) => {
    const Lazy = lazyRouteComponent(page.load) as RouteComponent;
    return createRoute({
      getParentRoute: () => parent, path: page.path, errorComponent: ErrorPanel,
      loader: ({ params, location }) => page.prefetch?.(queries, (params as { company: string }).company, location.search as ListQuery),
      component: Object.assign(() => <><Titled page={page} /><Lazy /></>, { preload: Lazy.preload }) as RouteComponent,
    });
  };

  return createRouter({
    routeTree: root.addChildren([
      signIn, invitation, start,
      operator.addChildren(modules.flatMap(m => m.operatorPages ?? []).map(page => routeOf(page, operator))),
      company.addChildren([companyHome, ...modules.flatMap(m => m.pages).map(page => routeOf(page, company))]),
    ]),
    parseSearch, stringifySearch, defaultPreload: 'intent', scrollRestoration: true,
  });
}
