const KEY = 'docent.typed';

/** What the person has typed and not asked yet, kept over a reload of this tab until sign-out. */
export const typed = {
  read: (): string => sessionStorage.getItem(KEY) ?? '',
  write: (text: string): void => {
    if (text === '') typed.clear();
    else sessionStorage.setItem(KEY, text);
  },
  clear: (): void => sessionStorage.removeItem(KEY),
};
