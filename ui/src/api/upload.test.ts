import { expect, test, vi } from 'vitest';
import { type Sending, upload } from './upload';

const TARGET = { collection: 'c1', path: 'a.txt', readers: [] };

function sending(): Sending & { signal: AbortSignal; abort: AbortController } {
  const abort = new AbortController();
  return {
    onSent: () => {},
    onAway: vi.fn(),
    onBegun: () => {},
    signal: abort.signal,
    abort,
  };
}

/** No request gets through. */
function noLine(): void {
  vi.spyOn(XMLHttpRequest.prototype, 'send').mockImplementation(function (this: XMLHttpRequest) {
    queueMicrotask(() => this.dispatchEvent(new ProgressEvent('error')));
  });
}

test('a file that was changed since it was chosen is not mistaken for a line that is away', async () => {
  noLine();
  const file = new File(['x'], 'a.txt');
  file.slice = () => {
    const gone = new Blob();
    gone.arrayBuffer = () => Promise.reject(new DOMException('changed', 'NotReadableError'));
    return gone;
  };
  await expect(upload(file, TARGET, sending())).rejects.toMatchObject({ code: 'FILE_CHANGED' });
});

test('where the line is away and the file is there, it is tried again until cancelled', async () => {
  noLine();
  const file = new File(['x'], 'a.txt');
  file.slice = () => Object.assign(new Blob(), { arrayBuffer: async () => new ArrayBuffer(1) });
  const told = sending();
  const sent = upload(file, TARGET, told);
  await vi.waitFor(() => expect(told.onAway).toHaveBeenCalledTimes(2), { timeout: 3000 });
  told.abort.abort();
  await expect(sent).rejects.toMatchObject({ code: 'CANCELLED' });
});
