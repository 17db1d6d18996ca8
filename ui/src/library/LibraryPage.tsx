import { useState } from 'react';
import { useMe } from '../app/session';
import { Empty } from '../design/Empty';
import { useMessages } from '../i18n';
import { DocumentTable } from './DocumentTable';
import { DropArea } from './DropArea';
import type { Incoming } from './dropped';
import { Filters } from './Filters';
import { PickFiles } from './PickFiles';
import { UploadList } from './UploadList';
import { UploadSheet } from './UploadSheet';
import { useFilter } from './useFilter';
import './library.css';

/** All documents the person may read; filters and order are in the address. */
export default function LibraryPage() {
  const t = useMessages();
  const me = useMe();
  const mayAdd = me.roles.includes('ADMINISTRATOR');
  const [incoming, setIncoming] = useState<Incoming[]>([]);
  const { filter, set, clear, filtered } = useFilter();
  return (
    <DropArea enabled={mayAdd} onDrop={setIncoming}>
      <div className="page library">
        <div className="page-head">
          <h1>{t.library.title}</h1>
          {mayAdd && <PickFiles onPick={setIncoming} />}
        </div>
        <UploadList />
        <Filters filter={filter} onChange={set} />
        <DocumentTable
          filter={filter}
          onSort={(sort) => set('sort', sort)}
          filtered={filtered}
          onClear={clear}
          whenEmpty={
            <Empty icon="library" title={t.library.empty}>
              <p className="quiet">{mayAdd ? t.library.emptyLead : t.library.emptyReader}</p>
            </Empty>
          }
        />
      </div>
      {incoming.length > 0 && (
        <UploadSheet
          files={incoming}
          collection={filter.collection}
          onClose={() => setIncoming([])}
        />
      )}
    </DropArea>
  );
}
