import { useMessages } from '../i18n';

/** Grey lines where text is about to be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useMessages();
  return (
    <div className="skeletons" role="status">
      <span className="visually-hidden">{t.common.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <span key={line} className="skeleton" />
      ))}
    </div>
  );
}
