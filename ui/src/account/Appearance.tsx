import { useState } from 'react';
import { Select } from '../design/Select';
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
        <Select
          label={t.account.theme}
          value={theme}
          onChange={(value) => {
            const chosen = THEMES.find((one) => one === value) ?? 'system';
            setTheme(chosen);
            chooseTheme(chosen);
          }}
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t.account.themes[one]}
            </option>
          ))}
        </Select>
        <Select
          label={t.account.language}
          value={locale}
          onChange={(value) => isLocale(value) && choose(value)}
        >
          {Object.entries(LOCALES).map(([one, name]) => (
            <option key={one} value={one} lang={one}>
              {name}
            </option>
          ))}
        </Select>
      </div>
    </section>
  );
}
