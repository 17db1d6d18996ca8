import { useIsFetching, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { collections } from '../api/client';
import { useScreen } from '../app/screen';
import { useMe } from '../app/session';
import { Empty } from '../design/Empty';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { DocumentTable } from './DocumentTable';
import { DropArea } from './DropArea';
import type { Gathered } from './dropped';
import { Filters } from './Filters';
import { FolderSheet } from './FolderSheet';
import { PickFiles } from './PickFiles';
import { UploadList } from './UploadList';
import { UploadSheet } from './UploadSheet';
import { type Outcome, outcomeOf, uploads } from './uploads';
import { useFilter } from './useFilter';
import './library.css';

/** All documents the person may read; filters and order are in the address. */
export default function LibraryPage() {
  const t = useMessages();
  const me = useMe();
  useScreen(t.library.title);
  const administrator = me.roles.includes('ADMINISTRATOR');
  const { data } = useQuery({ queryKey: ['collections'], queryFn: collections });
  const mayAdd = administrator || data?.some((collection) => collection.mayAdd) === true;
  const [labelling, setLabelling] = useState(false);
  const [incoming, setIncoming] = useState<Gathered | null>(null);
  const { filter, set, clear, filtered } = useFilter();
  return (
    <DropArea enabled={mayAdd} onDrop={setIncoming}>
      <div className="page library">
        <div className="page-head">
          <h1>{t.library.title}</h1>
          <div className="acts">
            {administrator && (
              <button type="button" className="button" onClick={() => setLabelling(true)}>
                <Icon name="people" size={18} />
                {t.library.labelFolder}
              </button>
            )}
            {mayAdd && (
              <PickFiles folder={t.library.addFolder} files={t.library.add} onPick={setIncoming} />
            )}
          </div>
        </div>
        <UploadList />
        <Filters filter={filter} onChange={set} />
        <DocumentTable
          filter={filter}
          onSort={(sort) => set('sort', sort)}
          filtered={filtered}
          onClear={clear}
          whenEmpty={<EmptyLibrary lead={mayAdd ? t.library.emptyLead : t.library.emptyReader} />}
        />
      </div>
      {labelling && <FolderSheet onClose={() => setLabelling(false)} />}
      {incoming && (
        <UploadSheet
          gathered={incoming}
          collection={filter.collection}
          onClose={() => setIncoming(null)}
        />
      )}
    </DropArea>
  );
}

/** That there is nothing, unless something is on its way here. */
function EmptyLibrary({ lead }: { lead: string }) {
  const t = useMessages();
  const adding = useSyncExternalStore(uploads.subscribe, () => isAmong('running'));
  const added = useSyncExternalStore(uploads.subscribe, () => isAmong('done'));
  const fetching = useIsFetching({ queryKey: ['documents'] }) > 0;
  if (adding || (added && fetching)) return null;
  return (
    <Empty icon="library" title={t.library.empty}>
      <p className="quiet">{lead}</p>
    </Empty>
  );
}

const isAmong = (outcome: Outcome): boolean =>
  uploads.snapshot().some((upload) => outcomeOf(upload) === outcome);
