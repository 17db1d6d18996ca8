import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { collections } from '../api/client';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';

/** Where to search: one chip per collection the person may see. None chosen means everywhere. */
export function ScopePicker({
  chosen,
  onChange,
  children,
}: {
  /** Ids of collections. */
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** What else narrows the search. */
  children?: ReactNode;
}) {
  const t = useMessages();
  const { data, error, refetch } = useQuery({ queryKey: ['collections'], queryFn: collections });
  if (!data) {
    return (
      <div className="scope">
        {error ? <Fault error={error} retry={refetch} /> : <Skeleton lines={1} />}
      </div>
    );
  }
  const readable = data.filter((collection) => collection.documents > 0);
  if (readable.length === 0) {
    return (
      <p className="scope quiet">
        {t.ask.nothingToRead} <Link href="/library">{t.ask.openLibrary}</Link>
      </p>
    );
  }
  const toggle = (id: string) => {
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  return (
    <fieldset className="scope">
      <legend className="visually-hidden">{t.ask.searchIn}</legend>
      <button
        type="button"
        className="chip"
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {t.ask.everything}
      </button>
      {readable.map(({ id, name, documents }) => {
        const pressed = chosen.includes(id);
        return (
          <button
            key={id}
            type="button"
            className="chip"
            aria-pressed={pressed}
            onClick={() => toggle(id)}
          >
            {pressed && <Icon name="check" size={14} />}
            <span className="clip">{name}</span>
            <span className="quiet">{t.ask.documents(documents)}</span>
          </button>
        );
      })}
      {children}
    </fieldset>
  );
}
