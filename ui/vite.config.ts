import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, Rolldown } from 'vite';
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

/**
 * Has the browser compile a screen's functions when its code comes, beside the page, rather than each
 * when it is first called, while somebody waits (V8's explicit compile hints).
 */
function compiledAhead(): Plugin {
  return {
    name: 'docent-compiled-ahead',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isDynamicEntry && chunk.name.endsWith('Page')) {
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
        }
      }
    },
  };
}

/**
 * Whether a module is loaded before anything is seen: no import on the way to it waits. So are the few
 * controls that only later screens share: each would be a small file that such a screen waits for.
 */
function isFirst(id: string, modules: Rolldown.ChunkingContext, seen = new Set<string>()): boolean {
  if (id.endsWith('/src/main.tsx') || id.includes('/src/design/')) return true;
  seen.add(id);
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  return importers.some((by) => !seen.has(by) && isFirst(by, modules, seen));
}

export default defineConfig({
  plugins: [react(), pdfAssets(), compiledAhead()],
  build: {
    target: 'es2022',
    // Nothing inline: the page runs under script-src 'self' and style-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file rather than one for each set of screens that share a part of it: each is a request.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'first',
              name: (id, modules) => (isFirst(id, modules) ? 'first' : null),
            },
          ],
        },
      },
    },
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
