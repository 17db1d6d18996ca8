import { address, csrfHeader, Problem } from './http';
import type { LibraryDocument, ProblemDetail } from './types';

export interface UploadTarget {
  collection: string;
  path: string;
  readers: string[];
}

/** Sends one file as it is. XMLHttpRequest, because fetch does not tell how much has been sent. */
export function upload(
  file: File,
  { collection, path, readers }: UploadTarget,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<LibraryDocument> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = { collection, path, readers: readers.join(',') };
    request.open('POST', address('/documents', query));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status < 300) resolve(body as LibraryDocument);
      else reject(new Problem({ ...(body as ProblemDetail), status: request.status }));
    });
    request.addEventListener('error', () => reject(new Problem({ code: 'OFFLINE' })));
    request.addEventListener('abort', () => reject(new Problem({ code: 'CANCELLED' })));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
