import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { collections, type DocumentFilter } from '../api/client';
import { useMessages } from '../i18n';

const STATES = ['QUEUED', 'READING', 'WORDS', 'READY', 'REJECTED', 'FAILED'] as const;

// Between two keys of whoever types fast, ms: longer is felt, shorter asks for every key.
const PAUSE = 30;

interface FiltersProps {
  filter: DocumentFilter;
  onChange: (name: keyof DocumentFilter, value: string) => void;
}

/** What to show of the library. */
export function Filters({ filter, onChange }: FiltersProps) {
  const t = useMessages();
  const { data } = useQuery({ queryKey: ['collections'], queryFn: collections });
  const [text, setText] = useState(filter.q ?? '');
  useEffect(() => {
    if (text === (filter.q ?? '')) return;
    const timer = setTimeout(() => onChange('q', text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, filter.q, onChange]);
  return (
    <search className="filters">
      <input
        className="input"
        type="search"
        value={text}
        placeholder={t.library.search}
        aria-label={t.library.search}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        className="input"
        aria-label={t.library.collection}
        value={filter.collection ?? ''}
        onChange={(event) => onChange('collection', event.target.value)}
      >
        <option value="">
          {t.library.collection}: {t.common.all}
        </option>
        {data?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={t.library.state}
        value={filter.state ?? ''}
        onChange={(event) => onChange('state', event.target.value)}
      >
        <option value="">{t.library.anyState}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t.library.states[state]}
          </option>
        ))}
      </select>
    </search>
  );
}
