import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

const NAME = 'Docent';
const Moved = createContext(false);

/** Knows whether the screen that is shown was come to from another one. */
export function Screens({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const [first] = useState(path);
  const [moved, setMoved] = useState(false);
  if (path !== first && !moved) setMoved(true);
  return <Moved value={moved}>{children}</Moved>;
}

/** Names the window after what it shows; undefined where that has no name yet. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = name ? `${name} · ${NAME}` : NAME;
    return () => {
      document.title = NAME;
    };
  }, [name]);
}

/**
 * Names the window after this screen, and where it was come to from another one takes the focus to
 * its heading, or to the main part of the page until there is one.
 */
export function useScreen(name: string | undefined): void {
  const moved = useContext(Moved);
  const reached = useRef<HTMLElement | null>(null);
  useTitle(name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the name comes the heading
  useEffect(() => {
    const main = document.getElementById('main');
    const first = reached.current === null;
    // Unless the person has gone on in the meantime.
    const waiting = reached.current === main && document.activeElement === main;
    if (!moved || !main || !(first || waiting)) return;
    const target = main.querySelector('h1') ?? main;
    reached.current = target;
    target.tabIndex = -1;
    target.focus();
  }, [moved, name]);
}
