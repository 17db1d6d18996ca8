import type { ProblemDetail } from './types';

/** A reply that is not a success, in the words of the service (RFC 9457), or `offline`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** All that the service said. */
  readonly body: ProblemDetail;

  constructor(body: ProblemDetail) {
    super(body.detail ?? body.title ?? body.code ?? 'error');
    this.name = 'Problem';
    this.status = body.status ?? 0;
    this.code = body.code ?? 'UNKNOWN';
    this.body = body;
  }

  static async from(response: Response): Promise<Problem> {
    let body: ProblemDetail = {};
    if (response.headers.get('content-type')?.includes('json')) {
      body = (await response.json().catch(() => ({}))) as ProblemDetail;
    }
    const retryAfter = Number(response.headers.get('retry-after'));
    return new Problem({
      ...body,
      title: body.title ?? (response.statusText || `HTTP ${response.status}`),
      status: response.status,
      ...(retryAfter > 0 ? { retryAfter } : {}),
    });
  }
}

export type Query = Record<string, string | number | readonly string[] | null | undefined>;

/** An address of the service with its query; empty values are left out, lists repeat the name. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

let csrfToken = '';
let onSignedOut: () => void = () => {};

/** The token the service wants back on every change; it arrives with the account. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the service no longer knows the session. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** For requests that are not sent here. */
export function noteSignedOut(problem: Problem): void {
  if (problem.status === 401) onSignedOut();
}

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  accept?: string;
}

/** Sends one request; every reply that is not a success becomes a {@link Problem}. */
export async function send(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  const headers: Record<string, string> = { Accept: options.accept ?? 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  if (options.signal) init.signal = options.signal;

  let response: Response;
  try {
    response = await fetch(address(path, options.query), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem({ code: 'OFFLINE', status: 0 });
  }
  if (response.ok) return response;
  const problem = await Problem.from(response);
  if (path !== '/session') noteSignedOut(problem);
  throw problem;
}

export async function json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export function csrfHeader(): Record<string, string> {
  return { 'X-CSRF-Token': csrfToken };
}
