import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/**
 * A component whose code is fetched when it is first shown, or ahead of that.
 *
 * Not React.lazy: that shows its fallback once even where the code is there already, and after a
 * fallback React holds back what follows for 300 ms.
 */
export function fetched<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  waiting: ReactNode,
) {
  let code: ComponentType<P> | null = null;
  const fetchCode = async () => {
    code ??= (await load()).default;
    return code;
  };

  function Fetched(props: P) {
    const [{ Shown }, setShown] = useState({ Shown: code });
    useEffect(() => {
      let current = true;
      if (!Shown) {
        fetchCode().then(
          (there) => current && setShown({ Shown: there }),
          // For the barrier around this part of the page.
          (fault) =>
            current &&
            setShown(() => {
              throw fault;
            }),
        );
      }
      return () => {
        current = false;
      };
    }, [Shown]);
    return Shown ? <Shown {...props} /> : waiting;
  }

  return Object.assign(Fetched, {
    /** Fetches the code; where that fails, it is tried again when it is shown. */
    ahead: () => void fetchCode().catch(() => {}),
  });
}
