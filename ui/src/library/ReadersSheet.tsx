import { useQuery, useQueryClient } from '@tanstack/react-query';
import { groups, setReaders } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { Choices } from '../design/Choices';
import { FormSheet } from '../design/FormSheet';
import { useMessages } from '../i18n';
import { groupName } from '../i18n/service';

interface ReadersSheetProps {
  document: LibraryDocument;
  onClose: () => void;
}

/** Who may read a document. */
export function ReadersSheet({ document, onClose }: ReadersSheetProps) {
  const t = useMessages();
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ['groups'], queryFn: groups });
  const names = new Set([...(known.data ?? []).map(({ name }) => name), ...document.readers]);

  const save = async (form: FormData) => {
    const changed = await setReaders(document.id, form.getAll('readers').map(String));
    queries.setQueryData(['document', document.id], changed);
    await queries.invalidateQueries({ queryKey: ['documents'] });
  };

  return (
    <FormSheet
      title={t.library.editReaders}
      act={t.common.save}
      needs={[known]}
      onSave={save}
      onClose={onClose}
    >
      <p className="quiet">{t.library.readersLead}</p>
      <Choices
        legend={t.library.columns.readers}
        name="readers"
        chosen={document.readers}
        choices={[...names].sort().map((name) => ({ value: name, label: groupName(name, t) }))}
      />
    </FormSheet>
  );
}
