import { useQuery } from '@tanstack/react-query';
import { document } from '../api/client';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';

/** That one document alone is asked, until this is taken away. */
export function OnlyDocument({ id, onRemove }: { id: string; onRemove: () => void }) {
  const t = useMessages();
  const { data } = useQuery({ queryKey: ['document', id], queryFn: () => document(id) });
  const title = data?.title ?? '…';
  return (
    <div className="scope">
      <button
        type="button"
        className="chip"
        aria-pressed="true"
        aria-label={t.ask.dropOnly(title)}
        title={t.ask.dropOnly(title)}
        onClick={onRemove}
      >
        <span className="clip">{t.ask.onlyIn(title)}</span>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
