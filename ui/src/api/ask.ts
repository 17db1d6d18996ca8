import { json, Problem, send } from './http';
import { serverEvents } from './sse';
import type { AskEvent, AskRequest, Rating } from './types';

/** Asks, and yields what happens as it happens. The answer goes on when the signal is aborted. */
export async function* ask(request: AskRequest, signal: AbortSignal): AsyncGenerator<AskEvent> {
  yield* events(await send('POST', '/ask', { body: request, signal, accept: 'text/event-stream' }));
}

/** Takes up an answer again that is being made, from its first event on. */
export async function* follow(id: string, signal: AbortSignal): AsyncGenerator<AskEvent> {
  yield* events(await send('GET', `/answers/${id}`, { signal, accept: 'text/event-stream' }));
}

export const rateAnswer = (id: string, rating: Rating) =>
  json<void>('POST', `/answers/${id}/rating`, { body: rating });
export const stopAnswer = (id: string) => json<void>('DELETE', `/answers/${id}`);

async function* events(response: Response): AsyncGenerator<AskEvent> {
  if (!response.body) throw new Problem({ code: 'NO_STREAM' });
  for await (const { event, data } of serverEvents(response.body)) {
    yield { type: event, data: JSON.parse(data) } as AskEvent;
  }
}
