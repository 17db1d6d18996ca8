import { expect, test } from 'vitest';
import { Problem } from './http';

test('a problem says after how many seconds another try is worth it', async () => {
  const headers = { 'content-type': 'application/problem+json', 'retry-after': '30' };
  const reply = new Response('{"code": "too_many_attempts"}', { status: 429, headers });
  expect((await Problem.from(reply)).body).toMatchObject({
    code: 'too_many_attempts',
    status: 429,
    retryAfter: 30,
  });
});

test('a reply without words is named by its status', async () => {
  const problem = await Problem.from(new Response(null, { status: 502 }));
  expect(problem.message).toBe('HTTP 502');
  expect(problem.body.retryAfter).toBeUndefined();
});
