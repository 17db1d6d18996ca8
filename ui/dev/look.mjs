/**
 * Walks through the screens in Debian's Chromium against the fixtures: a screenshot of each at two
 * widths in both themes, axe on each, and a failure if anything leaves the origin or breaks the policy.
 *
 *   npm run build && npm run look [folder]
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { SCREENS } from './screens.mjs';
import { start } from './server.mjs';

const OUT = process.argv[2] ?? 'dist-look';
const ONLY = process.argv[3];
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const { server, port } = await start();
const origin = `http://127.0.0.1:${port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
await mkdir(OUT, { recursive: true });
const faults = [];

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      baseURL: origin,
      locale: 'en-GB',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await context.addInitScript({ content: AXE });
    for (const [name, screen] of Object.entries(SCREENS)) {
      if (ONLY && !name.startsWith(ONLY)) continue;
      const label = `${name}-${width}-${colorScheme}`;
      const page = await context.newPage();
      page.setDefaultTimeout(6000);
      page.on('console', (message) => {
        // The question "who is signed in?" is answered 401 to a stranger; that is no fault.
        if (message.type() === 'error' && !message.text().includes('401'))
          faults.push(`${label}: console: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${label}: ${error}`));
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
          faults.push(`${label}: leaves for ${request.url()}`);
      });
      try {
        await screen(page);
        await page.screenshot({ path: `${OUT}/${label}.png` });
        const found = await page.evaluate(
          (tags) => globalThis.axe.run({ exclude: ['.hiddenCanvasElement'] }, { runOnly: tags }),
          RULES,
        );
        for (const { id, nodes } of found.violations) {
          for (const node of nodes)
            faults.push(
              `${label}: axe ${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`,
            );
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) faults.push(`${label}: ${wide} px wider than the window`);
      } catch (error) {
        faults.push(`${label}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
        await page.screenshot({ path: `${OUT}/${label}-failed.png` }).catch(() => {});
      }
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
server.close();
server.closeAllConnections();
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
