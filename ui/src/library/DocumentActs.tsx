import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { removeDocument, reread } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import { ReadersSheet } from './ReadersSheet';

/** What an administrator can do with a document. */
export function DocumentActs({ document }: { document: LibraryDocument }) {
  const t = useMessages();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const [sheet, setSheet] = useState<'readers' | 'delete' | null>(null);
  const [fault, setFault] = useState<unknown>(null);

  const readAgain = async () => {
    try {
      queries.setQueryData(['document', document.id], await reread(document.id));
    } catch (error) {
      setFault(error);
    }
  };
  const remove = async () => {
    await removeDocument(document.id);
    navigate('/library');
    queries.removeQueries({ queryKey: ['document', document.id] });
    await queries.invalidateQueries({ queryKey: ['documents'] });
  };

  return (
    <>
      <div className="acts">
        <button type="button" className="button small" onClick={() => setSheet('readers')}>
          <Icon name="people" size={16} />
          {t.library.editReaders}
        </button>
        <button type="button" className="button small" onClick={readAgain}>
          <Icon name="again" size={16} />
          {t.library.reread}
        </button>
        <button type="button" className="button small danger" onClick={() => setSheet('delete')}>
          <Icon name="trash" size={16} />
          {t.common.delete}
        </button>
      </div>
      {fault !== null && <Fault error={fault} />}
      {sheet === 'readers' && <ReadersSheet document={document} onClose={() => setSheet(null)} />}
      {sheet === 'delete' && (
        <Confirm
          title={t.library.confirmDelete(document.title)}
          lead={t.library.deleteLead}
          act={t.common.delete}
          onConfirm={remove}
          onClose={() => setSheet(null)}
        />
      )}
    </>
  );
}
