import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { collections } from '../api/client';
import { Icon } from '../design/Icon';
import { useMessages } from '../i18n';
import type { Scope } from './turn';

/** Where to search: one chip per collection the person may see. None chosen means everywhere. */
export function ScopePicker({
  scope,
  onChange,
}: {
  scope: Scope;
  onChange: (scope: Scope) => void;
}) {
  const t = useMessages();
  const { data } = useQuery({ queryKey: ['collections'], queryFn: collections });
  if (!data) return <div className="scope" />;
  const readable = data.filter((collection) => collection.documents > 0);
  if (readable.length === 0) {
    return (
      <p className="scope quiet">
        {t.ask.nothingToRead} <Link href="/library">{t.ask.openLibrary}</Link>
      </p>
    );
  }
  const toggle = (id: string) => {
    const chosen = scope.collections.includes(id)
      ? scope.collections.filter((one) => one !== id)
      : [...scope.collections, id];
    onChange({ ...scope, collections: chosen });
  };
  return (
    <fieldset className="scope">
      <legend className="visually-hidden">{t.ask.searchIn}</legend>
      <button
        type="button"
        className="chip"
        aria-pressed={scope.collections.length === 0}
        onClick={() => onChange({ ...scope, collections: [] })}
      >
        {t.ask.everything}
      </button>
      {readable.map(({ id, name, documents }) => {
        const chosen = scope.collections.includes(id);
        return (
          <button
            key={id}
            type="button"
            className="chip"
            aria-pressed={chosen}
            onClick={() => toggle(id)}
          >
            {chosen && <Icon name="check" size={14} />}
            {name}
            <span className="quiet">{t.ask.documents(documents)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
