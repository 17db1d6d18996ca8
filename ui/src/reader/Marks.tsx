import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';

/** Walks from mark to mark. */
export function Marks({
  at,
  count,
  onGo,
}: {
  at: number;
  count: number;
  onGo: (at: number) => void;
}) {
  const t = useMessages();
  if (count === 0) return null;
  return (
    <div className="marks">
      <span className="swatch" />
      <span aria-live="polite">{t.reader.mark(at + 1, count)}</span>
      <button
        type="button"
        className="button plain square"
        disabled={at <= 0}
        onClick={() => onGo(at - 1)}
        aria-label={t.reader.previous}
        title={t.reader.previous}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="button plain square"
        disabled={at >= count - 1}
        onClick={() => onGo(at + 1)}
        aria-label={t.reader.next}
        title={t.reader.next}
      >
        <Icon name="down" />
      </button>
    </div>
  );
}
