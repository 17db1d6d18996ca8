import { Problem } from './http';

/** Pauses between tries, ms: the last one again and again, half an hour in all. */
export const PAUSES = [500, 1000, 2000, 4000, 8000, ...Array<number>(119).fill(15_000)];

/** Whether the line or the service was away, and trying again may help. */
export function isAway(problem: Problem): boolean {
  return problem.code === 'OFFLINE' || [502, 503, 504].includes(problem.status);
}

/** Takes a step again while the line or the service is away, with growing pauses. */
export async function patiently<T>(
  step: () => Promise<T>,
  onAway: () => void,
  signal: AbortSignal,
): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await step();
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem) || !isAway(error)) throw error;
    }
    onAway();
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) throw new Problem({ code: 'CANCELLED' });
  }
  return step();
}
