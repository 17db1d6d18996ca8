import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What pdf.js fetches when a page needs it: character maps, the standard fonts, decoders, colour profiles. */
function pdfAssets(): Plugin {
  const from = new URL('./node_modules/pdfjs-dist/', import.meta.url);
  return {
    name: 'docent-pdf-assets',
    apply: 'build',
    async writeBundle({ dir }) {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        await cp(fileURLToPath(new URL(folder, from)), `${dir}/assets/pdfjs/${folder}`, {
          recursive: true,
        });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfAssets()],
  build: {
    target: 'es2022',
    // Nothing inline: the page runs under script-src 'self' and style-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8642', '/q': 'http://127.0.0.1:8642' } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/design/testing.ts'],
    css: false,
  },
});
