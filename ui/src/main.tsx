import '@fontsource-variable/inter';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './app/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, newQueryClient } from './app/App';
import { applyTheme, currentTheme } from './design/theme';

applyTheme(currentTheme());
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App queries={newQueryClient()} />
    </StrictMode>,
  );
}
