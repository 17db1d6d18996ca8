import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Citation } from '../api/types';
import { fetched } from '../design/fetched';
import { Skeleton } from '../design/Skeleton';
import { placeIn, withPlace } from './place';
import './reader.css';

const Reader = fetched(
  () => import('./Reader'),
  <aside className="reader">
    <Skeleton lines={12} />
  </aside>,
);

/** A screen with room for the reader beside it, shown while the address names a place. */
export function WithReader({ marks, children }: { marks: Citation[]; children: ReactNode }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const place = placeIn(search);
  const open = place !== null;
  const opener = useRef<Element | null>(null);

  const close = useCallback(() => {
    navigate(path + withPlace(window.location.search, null));
    const from = opener.current;
    if (from instanceof HTMLElement && from.isConnected) from.focus();
  }, [navigate, path]);

  useEffect(() => {
    if (!open) return;
    opener.current = document.activeElement;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open, close]);

  return (
    <div className={open ? 'with-reader open' : 'with-reader'}>
      <div className="beside">{children}</div>
      {place && (
        <Reader
          place={place}
          marks={marks.filter((mark) => mark.document === place.document)}
          onMove={(next) => navigate(path + withPlace(search, next), { replace: true })}
          onClose={close}
        />
      )}
    </div>
  );
}
