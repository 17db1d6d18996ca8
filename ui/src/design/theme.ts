export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const CHOICE = 'docent.theme';

export function currentTheme(): Theme {
  const choice = localStorage.getItem(CHOICE);
  return THEMES.find((theme) => theme === choice) ?? 'system';
}

/** Light and dark follow the system unless the person chose one. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(CHOICE, theme);
  applyTheme(theme);
}
