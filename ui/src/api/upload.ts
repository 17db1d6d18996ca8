import { address, csrfHeader, noteSignedOut, Problem } from './http';
import { patiently } from './patience';
import type { LibraryDocument, ProblemDetail } from './types';

export interface UploadTarget {
  collection: string;
  path: string;
  readers: string[];
}

/** What one who waits for an upload is told. */
export interface Sending {
  onSent: (bytes: number) => void;
  /** The line or the service is away; it is tried again. */
  onAway: () => void;
  /** The id under which the service keeps what it has, for a file that goes in pieces. */
  onBegun: (id: string) => void;
  signal: AbortSignal;
}

// Above it a file is worth going on with; below it is sent again sooner.
const IN_PIECES_FROM = 8 << 20;

export const goesInPieces = (file: File) => file.size > IN_PIECES_FROM;

/** Brings one file into the library; waits while the line is away. */
export async function upload(
  file: File,
  target: UploadTarget,
  sending: Sending,
): Promise<LibraryDocument> {
  // A file that was changed or moved since it was chosen fails as a line that is away does.
  const changed = new AbortController();
  const onAway = () => {
    sending.onAway();
    file
      .slice(0, 1)
      .arrayBuffer()
      .catch(() => changed.abort());
  };
  const signal = AbortSignal.any([sending.signal, changed.signal]);
  try {
    return await send(file, target, { ...sending, onAway, signal });
  } catch (error) {
    if (error instanceof Problem) noteSignedOut(error);
    throw changed.signal.aborted ? new Problem({ code: 'FILE_CHANGED' }) : error;
  }
}

async function send(file: File, target: UploadTarget, sending: Sending): Promise<LibraryDocument> {
  if (!goesInPieces(file)) {
    return patiently(() => uploadWhole(file, target, sending), sending.onAway, sending.signal);
  }
  // Loaded when it is first needed: most files are small.
  const { uploadInPieces } = await import('./resumable');
  return uploadInPieces(file, target, sending);
}

/** Sends one file as it is. XMLHttpRequest, because fetch does not tell how much has been sent. */
function uploadWhole(
  file: File,
  { collection, path, readers }: UploadTarget,
  { onSent, signal }: Sending,
): Promise<LibraryDocument> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const modified = new Date(file.lastModified).toISOString();
    const query = { collection, path, readers: readers.join(','), modified };
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
