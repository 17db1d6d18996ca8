import { expect, test } from 'vitest';
import { type ServerEvent, serverEvents } from './sse';

function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      controller.close();
    },
  });
}

async function read(text: string, size: number): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(inPieces(text, size))) events.push(event);
  return events;
}

const STREAM =
  ': hello\r\n\r\nevent: token\r\ndata: {"text":"é€"}\r\n\r\ndata:a\ndata: b\n\nid: 7\n\n';

test.each([1, 2, 3, 7, 1000])('reads the same events from pieces of %i bytes', async (size) => {
  expect(await read(STREAM, size)).toEqual([
    { event: 'token', data: '{"text":"é€"}' },
    { event: 'message', data: 'a\nb' },
  ]);
});

test('an event cut off by the end of the stream is not reported', async () => {
  expect(await read('event: answer\ndata: {"half"', 4)).toEqual([]);
});
