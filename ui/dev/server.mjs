/**
 * For development and screenshots only: serves ui/dist under the service's content security policy,
 * and replies to the REST interface from fixtures. Nothing here is shipped.
 *
 *   node dev/server.mjs [port]
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { api } from './api.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
  "worker-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

async function page(path) {
  const file = normalize(join(DIST, path));
  const isAsset = file.startsWith(DIST) && extname(file) !== '';
  const name = isAsset ? file : join(DIST, 'index.html');
  return { type: TYPES[extname(name)] ?? 'application/octet-stream', body: await readFile(name) };
}

export function start(port = 0) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    try {
      if (url.pathname.startsWith('/api/')) return await api(request, response, url);
      const { type, body } = await page(decodeURIComponent(url.pathname));
      response.writeHead(200, { 'Content-Type': type }).end(body);
    } catch (error) {
      const missing = error.code === 'ENOENT';
      response.writeHead(missing ? 404 : 500).end(missing ? '' : String(error.stack));
    }
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ server, port: server.address().port }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { port } = await start(Number(process.argv[2] ?? 8081));
  process.stdout.write(`http://127.0.0.1:${port} (anna / anna)\n`);
}
