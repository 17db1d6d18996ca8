import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en, type Messages } from './en';
import { type Formats, formatsFor } from './formats';

export type { Messages } from './en';
export type { Formats } from './formats';

export const LOCALES = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;
export type Locale = keyof typeof LOCALES;

/** English is in the main bundle; the others arrive when chosen. */
const LOADERS: Record<Locale, () => Promise<Messages>> = {
  en: async () => en,
  de: async () => (await import('./de')).de,
  es: async () => (await import('./es')).es,
  fr: async () => (await import('./fr')).fr,
};

const CHOICE = 'docent.locale';

export function isLocale(value: string | null | undefined): value is Locale {
  return value != null && value in LOCALES;
}

/** The person's choice, else the first of the browser's languages that we speak, else English. */
export function preferredLocale(choice: string | null, languages: readonly string[]): Locale {
  if (isLocale(choice)) return choice;
  for (const language of languages) {
    const base = language.split('-')[0];
    if (isLocale(base)) return base;
  }
  return 'en';
}

/** "en-GB" rather than "en", where the browser says so: dates differ by country. */
export function regional(locale: Locale, languages: readonly string[]): string {
  return languages.find((language) => language.split('-')[0] === locale) ?? locale;
}

interface Language {
  locale: Locale;
  t: Messages;
  format: Formats;
  choose: (locale: Locale) => void;
}

const LanguageContext = createContext<Language>({
  locale: 'en',
  t: en,
  format: formatsFor('en'),
  choose: () => {},
});

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ locale: Locale; t: Messages } | null>(null);
  const [wanted, setWanted] = useState<Locale>(() =>
    preferredLocale(localStorage.getItem(CHOICE), navigator.languages),
  );

  useEffect(() => {
    let current = true;
    LOADERS[wanted]()
      .catch(() => en)
      .then((t) => {
        if (!current) return;
        document.documentElement.lang = wanted;
        setLoaded({ locale: wanted, t });
      });
    return () => {
      current = false;
    };
  }, [wanted]);

  const language = useMemo<Language | null>(
    () =>
      loaded && {
        ...loaded,
        format: formatsFor(regional(loaded.locale, navigator.languages)),
        choose: (locale) => {
          localStorage.setItem(CHOICE, locale);
          setWanted(locale);
        },
      },
    [loaded],
  );
  return language && <LanguageContext value={language}>{children}</LanguageContext>;
}

export const useLanguage = () => useContext(LanguageContext);
export const useMessages = () => useContext(LanguageContext).t;
export const useFormats = () => useContext(LanguageContext).format;
