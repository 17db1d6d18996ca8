import { QueryClient, QueryClientProvider, usePrefetchQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Problem } from '../api/http';
import { AskPage } from '../ask/AskPage';
import { Empty } from '../design/Empty';
import { LanguageProvider, useMessages } from '../i18n';
import { documentBlock } from '../library/documentBlock';
import { useFilter } from '../library/useFilter';
import { CrashBarrier } from './CrashBarrier';
import {
  AccountPage,
  AuditPage,
  DocumentPage,
  LibraryPage,
  PeoplePage,
  RecordPage,
  RetentionPage,
} from './routes';
import { Shell } from './Shell';
import { Screens, useScreen } from './screen';
import { Session } from './session';

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Only a lost connection is worth another try; a reply is an answer.
        retry: (count, error) => count < 2 && error instanceof Problem && error.code === 'OFFLINE',
      },
    },
  });
}

export function App({ queries }: { queries: QueryClient }) {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <Session>
          <Shell>
            <Screens>
              <Routes />
            </Screens>
          </Shell>
        </Session>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Routes() {
  const [path] = useLocation();
  return (
    <CrashBarrier key={path.startsWith('/c/') ? '/' : path}>
      <Switch>
        <Route path={/^\/(?:c\/(?<id>[^/]+))?$/} component={AskPage} />
        <Route path="/library" component={Library} />
        <Route path="/library/:id" component={DocumentPage} />
        <Route path="/people" component={PeoplePage} />
        <Route path="/audit" component={AuditPage} />
        <Route path="/audit/retention" component={RetentionPage} />
        <Route path="/audit/:id" component={RecordPage} />
        <Route path="/account" component={AccountPage} />
        <Route component={Nowhere} />
      </Switch>
    </CrashBarrier>
  );
}

/** The library, whose first rows are asked for before its code is there and drawn. */
function Library() {
  const { filter } = useFilter();
  const [first] = useState(filter);
  usePrefetchQuery(documentBlock(first, 0));
  return <LibraryPage />;
}

function Nowhere() {
  const t = useMessages();
  useScreen(t.common.pageNotFound);
  return (
    <Empty icon="info" whole title={t.common.pageNotFound}>
      <Link href="/" className="button">
        {t.common.backToAsk}
      </Link>
    </Empty>
  );
}
