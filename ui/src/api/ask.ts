import { Problem, send } from './http';
import { serverEvents } from './sse';
import type { AskEvent, AskRequest } from './types';

/** Asks, and yields what happens as it happens. Aborting the signal cancels the work on the server. */
export async function* ask(request: AskRequest, signal: AbortSignal): AsyncGenerator<AskEvent> {
  const response = await send('POST', '/ask', {
    body: request,
    signal,
    accept: 'text/event-stream',
  });
  if (!response.body) throw new Problem({ code: 'NO_STREAM' });
  for await (const { event, data } of serverEvents(response.body)) {
    yield { type: event, data: JSON.parse(data) } as AskEvent;
  }
}
