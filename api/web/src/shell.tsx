// The frame around each page: header, navigation, the reader's settings, who is signed in. It decides which page is
// shown, and sends those who must sign in first to do so.
import { useEffect, useErrorBoundary, useRef, useState } from 'preact/hooks';
import { may, session, signedIn } from './api/session';
import { loadSession, signOut } from './api/sign_in';
import { messagesLanguage, t } from './i18n';
import { address, goTo, place } from './lib/router';
import { findRoute, ROUTES, type Page, type Route } from './routes';
import { SettingsMenu } from './settings_menu';
import { Icon } from './ui/icons';
import { Menu } from './ui/menu';
import { Empty, Failure, Loading } from './ui/states';

function Navigation({ path }: { path: string }) {
  return (
    <nav class="navigation" aria-label={t('app.navigation')}>
      {ROUTES.filter((route) => route.inNavigation && route.needs && may(route.needs)).map((route) => (
        <a key={route.pattern} href={route.pattern} aria-current={route.pattern === path ? 'page' : undefined}>
          {t(route.title)}
        </a>
      ))}
    </nav>
  );
}

function AccountMenu() {
  const name = session.value?.display_name || session.value?.account || '';
  if (!signedIn.value) return null;
  return (
    <Menu label={name} icon={<Icon name="person" />} className="menu-end">
      {(close) => (
        <>
          <p class="small muted">{t('signIn.as', { name })}</p>
          <a class="menu-item" href="/password" onClick={close}>
            {t('password.do')}
          </a>
          <button
            type="button"
            class="menu-item"
            onClick={() => {
              close();
              void signOut().finally(() => goTo('/sign-in'));
            }}
          >
            {t('signIn.out')}
          </button>
        </>
      )}
    </Menu>
  );
}

function Header({ path }: { path: string }) {
  return (
    <header class="header">
      <a class="skip" href="#content">
        {t('app.skip')}
      </a>
      <a class="brand" href="/">
        <img src="/icon.svg" alt="" width="28" height="28" />
        <span>{t('app.name')}</span>
      </a>
      {signedIn.value && (
        <>
          <div class="navigation-wide">
            <Navigation path={path} />
          </div>
          <div class="navigation-narrow">
            <Menu label={t('app.menu')} icon={<Icon name="menu" />}>
              {(close) => (
                <div onClick={close}>
                  <Navigation path={path} />
                </div>
              )}
            </Menu>
          </div>
        </>
      )}
      <span class="spacer" />
      <SettingsMenu />
      <AccountMenu />
    </header>
  );
}

function NotFound() {
  return (
    <Empty title={t('app.notFound')}>
      <p>{t('app.notFound.way')}</p>
      <a class="button" href="/">
        {t('app.toSearch')}
      </a>
    </Empty>
  );
}

function usePage(route: Route | null): { page: Page | null; failed: boolean } {
  const [loaded, setLoaded] = useState<{ route: Route; page: Page | null } | null>(null);
  useEffect(() => {
    if (!route) return undefined;
    let wanted = true;
    const show = (page: Page | null) => wanted && setLoaded({ route, page });
    route.load().then(
      (module) => show(module.default),
      () => show(null),
    );
    return () => {
      wanted = false;
    };
  }, [route]);
  const current = loaded?.route.load === route?.load || loaded?.route === route ? loaded : null;
  return { page: current?.page ?? null, failed: current !== null && current.page === null };
}

// A fault of ours in one page leaves the frame, and a way out.
function Content({ path }: { path: string }) {
  const [fault] = useErrorBoundary((error: unknown) => console.error(error));
  return fault ? <Failure error={fault} onRetry={() => location.reload()} /> : <Routed path={path} />;
}

function Routed({ path }: { path: string }) {
  const found = findRoute(path);
  const route = found?.route ?? null;
  const needsSignIn = route?.needs != null && !may(route.needs) && !signedIn.value;
  const mustChange = session.value?.must_change_password === true && signedIn.value && path !== '/password';
  useEffect(() => {
    if (mustChange) goTo('/password', { replace: true });
    else if (needsSignIn) goTo(address('/sign-in', { next: location.pathname + location.search }), { replace: true });
  }, [mustChange, needsSignIn]);
  // Whoever listens to the page, or uses the keyboard, begins at the top of a new page; its own steps leave them where
  // they are.
  const before = useRef(route?.load);
  useEffect(() => {
    if (before.current !== route?.load) document.getElementById('content')?.focus({ preventScroll: true });
    before.current = route?.load;
  }, [route]);
  const { page: Shown, failed } = usePage(needsSignIn || mustChange ? null : route);

  if (!found) return <NotFound />;
  if (needsSignIn || mustChange) return <Loading />;
  if (route?.needs && !may(route.needs)) {
    return (
      <Empty title={t('app.notAllowed')}>
        <p>{t('app.notAllowed.way')}</p>
      </Empty>
    );
  }
  if (failed) return <Failure error={new Error(t('app.updateFailed'))} onRetry={() => location.reload()} />;
  return Shown ? <Shown parts={found.parts} /> : <Loading />;
}

export function Shell() {
  const [failure, setFailure] = useState<unknown>(null);
  const load = () => {
    setFailure(null);
    loadSession().catch(setFailure);
  };
  useEffect(load, []);
  const path = place.value.path;
  const title = findRoute(path)?.route.title;
  const ready = messagesLanguage.value !== null;
  useEffect(() => {
    if (ready && title) document.title = title === 'app.name' ? t('app.name') : `${t(title)} · ${t('app.name')}`;
  }, [ready, title, messagesLanguage.value]);

  if (!ready) return null;
  return (
    <>
      <Header path={path} />
      <main id="content" class="content" tabIndex={-1}>
        {failure !== null && session.value === null ? (
          <Failure error={failure} onRetry={load} />
        ) : session.value === null ? (
          <Loading />
        ) : (
          <Content path={path} />
        )}
      </main>
    </>
  );
}
