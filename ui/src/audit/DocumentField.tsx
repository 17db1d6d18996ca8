import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { documents } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { useMessages } from '../i18n';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OFFERED = 8;
const TYPING_MILLIS = 250;

interface DocumentFieldProps {
  label: string;
  /** Id of the chosen document; empty: none. */
  value: string;
  /** Its title, where that is known. */
  title: string | null;
  onChange: (id: string) => void;
}

/** A document, looked for by title or path, or named by its id. */
export function DocumentField({ label, value, title, onChange }: DocumentFieldProps) {
  const t = useMessages();
  const id = useId();
  const chosen = title ?? value;
  const [text, setText] = useState(chosen);
  useEffect(() => setText(chosen), [chosen]);
  const wanted = useSettled(text === chosen || UUID.test(text) ? '' : text.trim());
  const { data } = useQuery({
    queryKey: ['documents', 'offered', wanted],
    queryFn: () => documents({ q: wanted }, 0, OFFERED),
    enabled: wanted !== '',
  });
  const offered = wanted === '' ? [] : (data?.items ?? []);

  const take = (entry: string, last: boolean) => {
    const found = offered.filter((one) => described(one) === entry);
    const [only] = found.length > 0 ? found : last && offered.length === 1 ? offered : [];
    if (only) onChange(only.id);
    else if (UUID.test(entry)) onChange(entry.toLowerCase());
    else if (entry === '' && value !== '') onChange('');
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        className="input"
        placeholder={t.desk.findDocument}
        autoComplete="off"
        list={`${id}-offered`}
        value={text}
        aria-describedby={`${id}-told`}
        onChange={(event) => {
          setText(event.target.value);
          take(event.target.value.trim(), false);
        }}
        onKeyDown={(event) => event.key === 'Enter' && take(text.trim(), true)}
        onBlur={() => take(text.trim(), false)}
      />
      <datalist id={`${id}-offered`}>
        {offered.map((one) => (
          <option key={one.id} value={described(one)} />
        ))}
      </datalist>
      <span id={`${id}-told`} className="quiet small" aria-live="polite">
        {wanted !== '' && data?.items.length === 0 && t.desk.noDocument}
      </span>
    </div>
  );
}

/** As it is offered; the path tells apart what has the same title. */
const described = ({ title, path, collectionName }: LibraryDocument) =>
  `${title} · ${collectionName}/${path}`;

/** A value once it has stayed the same for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
