import { type DetailedError, Upload as TusUpload } from 'tus-js-client';
import { unfinishedUploads } from './client';
import { address, csrfHeader, json, Problem } from './http';
import { isAway, PAUSES, patiently } from './patience';
import type { LibraryDocument, PartialUpload, ProblemDetail } from './types';
import type { Sending, UploadTarget } from './upload';

// What is lost at most when the line breaks; each piece is synced before its reply.
const PIECE = 8 << 20;

/**
 * Sends a large file in pieces (tus 1.0) and goes on where the service has it, over broken lines and
 * reloads. Where it goes on, the service alone knows.
 */
export async function uploadInPieces(
  file: File,
  target: UploadTarget,
  sending: Sending,
): Promise<LibraryDocument> {
  const { signal, onSent, onAway, onBegun } = sending;
  const begun = await patiently(unfinishedUploads, onAway, signal);
  const known = begun.find((upload) => isSame(upload, file, target));
  const location = await send(file, target, known?.id, sending);
  const id = location.slice(location.lastIndexOf('/') + 1);
  onBegun(id);
  onSent(file.size);
  return patiently(
    () => json<LibraryDocument>('POST', `/uploads/${id}/complete`, { signal }),
    onAway,
    signal,
  );
}

function isSame(upload: PartialUpload, file: File, target: UploadTarget): boolean {
  return (
    upload.collection === target.collection &&
    upload.path === target.path &&
    upload.bytes === file.size &&
    Date.parse(upload.modifiedAt) === file.lastModified &&
    (upload.readers ?? []).join() === [...target.readers].sort().join()
  );
}

function send(
  file: File,
  { collection, path, readers }: UploadTarget,
  known: string | undefined,
  { signal, onSent, onAway, onBegun }: Sending,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new TusUpload(file, {
      endpoint: address('/uploads'),
      uploadUrl: known ? address(`/uploads/${known}`) : null,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      storeFingerprintForResuming: false,
      headers: { ...csrfHeader(), Accept: 'application/json' },
      metadata: {
        collection,
        filename: path,
        modified: new Date(file.lastModified).toISOString(),
        ...(readers.length > 0 ? { readers: readers.join(',') } : {}),
      },
      onUploadUrlAvailable: () => onBegun(upload.url?.slice(upload.url.lastIndexOf('/') + 1) ?? ''),
      onProgress: onSent,
      onShouldRetry: (error) => {
        const problem = problemOf(error);
        // 409: the service has more or less than this tab believes, and says where it goes on.
        const again = problem.status === 409 || isAway(problem);
        if (again && problem.status !== 409) onAway();
        return again;
      },
      onError: (error) => reject(problemOf(error)),
      onSuccess: () => resolve(upload.url ?? ''),
    });
    signal.addEventListener('abort', () => {
      void upload.abort();
      reject(new Problem({ code: 'CANCELLED' }));
    });
    upload.start();
  });
}

function problemOf(error: Error | DetailedError): Problem {
  const reply = 'originalResponse' in error ? error.originalResponse : null;
  if (!reply) return new Problem({ code: 'OFFLINE' });
  let body: ProblemDetail = {};
  try {
    body = JSON.parse(reply.getBody()) as ProblemDetail;
  } catch {
    // A reply without words of the service.
  }
  return new Problem({ ...body, status: reply.getStatus() });
}
