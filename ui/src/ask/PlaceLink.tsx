import type { ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { Citation } from '../api/types';
import { placeOf, withPlace } from '../reader/place';

interface PlaceLinkProps {
  citation: Citation;
  className?: string;
  label?: string;
  children: ReactNode;
}

/** A link that opens the reader at a citation's words and leaves the rest of the page as it is. */
export function PlaceLink({ citation, className, label, children }: PlaceLinkProps) {
  const [path] = useLocation();
  const search = useSearch();
  const href = path + withPlace(search, placeOf(citation));
  return (
    <Link href={href} className={className ?? ''} {...(label ? { 'aria-label': label } : {})}>
      {children}
    </Link>
  );
}
