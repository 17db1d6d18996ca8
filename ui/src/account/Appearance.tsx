import { useState } from 'react';
import { chooseTheme, currentTheme, THEMES } from '../design/theme';
import { isLocale, LOCALES, useLanguage } from '../i18n';

/** How the page looks and which language it speaks, on this browser. */
export function Appearance() {
  const { t, locale, choose } = useLanguage();
  const [theme, setTheme] = useState(currentTheme);
  return (
    <section className="stack">
      <h2>{t.account.appearance}</h2>
      <div className="inline-form">
        <div className="field">
          <label htmlFor="theme">{t.account.theme}</label>
          <select
            id="theme"
            className="input"
            value={theme}
            onChange={(event) => {
              const chosen = THEMES.find((one) => one === event.target.value) ?? 'system';
              setTheme(chosen);
              chooseTheme(chosen);
            }}
          >
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {t.account.themes[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="language">{t.account.language}</label>
          <select
            id="language"
            className="input"
            value={locale}
            onChange={(event) => isLocale(event.target.value) && choose(event.target.value)}
          >
            {Object.entries(LOCALES).map(([one, name]) => (
              <option key={one} value={one} lang={one}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
    </section>
  );
}
