import { setTimeout as pause } from 'node:timers/promises';
import {
  answerTo,
  auditEvents,
  collections,
  conversations,
  documents,
  groups,
  me,
  sessions,
  texts,
  tokens,
  users,
  whole,
} from './fixtures.mjs';
import { pdf } from './pdf.mjs';

const PDF = pdf();

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function problem(response, status, code, detail) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ title: code, status, code, detail }));
}

function json(response, body, status = 200, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

async function stream(request, response) {
  const { question } = JSON.parse(await bodyOf(request));
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const [delay, event, data] of answerTo(question)) {
    await pause(delay);
    if (response.destroyed) return;
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  response.end();
}

function content(request, response) {
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'attachment',
    'Accept-Ranges': 'bytes',
  };
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  if (!range) return response.writeHead(200, { ...headers, 'Content-Length': PDF.length }).end(PDF);
  const from = Number(range[1]);
  const to = Math.min(PDF.length - 1, range[2] ? Number(range[2]) : PDF.length - 1);
  response.writeHead(206, {
    ...headers,
    'Content-Range': `bytes ${from}-${to}/${PDF.length}`,
    'Content-Length': to - from + 1,
  });
  return response.end(PDF.subarray(from, to + 1));
}

function listDocuments(query) {
  const q = (query.get('q') ?? '').toLowerCase();
  const found = documents.filter(
    (one) =>
      (!query.get('collection') || one.collection === query.get('collection')) &&
      (!query.get('state') || one.state === query.get('state')) &&
      (!q || one.title.toLowerCase().includes(q) || one.path.includes(q)),
  );
  const sort = query.get('sort') ?? '';
  const field = sort.replace(/^-/, '');
  if (field) {
    const sign = sort.startsWith('-') ? -1 : 1;
    found.sort((a, b) => (a[field] < b[field] ? -sign : a[field] > b[field] ? sign : 0));
  }
  const offset = Number(query.get('offset') ?? 0);
  return {
    items: found.slice(offset, offset + Number(query.get('limit') ?? 100)),
    total: found.length,
  };
}

/** Takes an upload in; it is read and indexed a moment later. */
async function taken(request, response, query) {
  const body = await bodyOf(request);
  const document = {
    ...documents[0],
    id: `n${documents.length}`,
    collection: query.get('collection'),
    path: query.get('path'),
    title: query.get('path'),
    bytes: body.length,
    state: 'READING',
  };
  documents.unshift(document);
  setTimeout(() => Object.assign(document, { state: 'READY' }), 1500);
  return json(response, document, 202);
}

/** One reply of the REST interface. Being signed in is a cookie with no secret in it. */
export async function api(request, response, url) {
  const path = url.pathname.replace('/api/v1', '');
  const route = `${request.method} ${path}`;
  if (route === 'POST /session') {
    const { username, password } = JSON.parse(await bodyOf(request));
    if (password !== username) return problem(response, 401, 'BAD_CREDENTIALS', 'Not right.');
    const cookie = 'docent_session=fixture; HttpOnly; SameSite=Strict; Path=/';
    return json(response, { me }, 200, { 'Set-Cookie': cookie });
  }
  if (!request.headers.cookie?.includes('docent_session=fixture')) {
    return problem(response, 401, 'NOT_SIGNED_IN', 'Sign in first.');
  }
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== me.csrf) {
    return problem(response, 403, 'CSRF', 'The page is too old. Reload it.');
  }
  if (route === 'DELETE /session') {
    return json(response, undefined, 204, { 'Set-Cookie': 'docent_session=; Max-Age=0; Path=/' });
  }
  if (route === 'GET /me') return json(response, me);
  if (route === 'POST /ask') return stream(request, response);
  if (route === 'GET /collections') return json(response, collections);
  const fixed = {
    'GET /conversations': conversations,
    'GET /conversations/v1': whole,
    'GET /users': users,
    'GET /groups': groups,
    'GET /me/tokens': tokens,
    'GET /me/sessions': sessions,
    'GET /audit/events': { items: auditEvents, next: null },
  }[route];
  if (fixed) return json(response, fixed);
  if (route === 'POST /documents') return taken(request, response, url.searchParams);
  if (route === 'GET /documents') return json(response, listDocuments(url.searchParams));

  const [, id, part] = /^\/documents\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const document = documents.find((one) => one.id === id);
  if (!document) return problem(response, 404, 'NOT_FOUND', 'There is nothing here.');
  if (request.method === 'GET' && part === 'content') return content(request, response);
  if (request.method === 'GET' && part === 'text') return json(response, texts[id] ?? texts.d1);
  if (request.method === 'GET' && !part) return json(response, document);
  return problem(response, 405, 'NOT_ALLOWED', 'Not in the fixtures.');
}
