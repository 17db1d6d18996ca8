// Only ids: what is asked and answered stays with the service.
const KEY = 'docent.answers';

interface Pending {
  id: string;
  /** That it was asked in; null where it begins one. */
  conversation: string | null;
}

const read = (): Pending[] => JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
const write = (all: Pending[]): void => sessionStorage.setItem(KEY, JSON.stringify(all));

/** This tab's answers that are being made, kept over a reload. */
export const pending = {
  /** Ids, the one asked last first. */
  of: (conversation: string | null): string[] =>
    read()
      .filter((one) => one.conversation === conversation)
      .map(({ id }) => id),
  has: (id: string): boolean => read().some((one) => one.id === id),
  /** Whether it is to begin a conversation. */
  begins: (id: string): boolean => pending.of(null).includes(id),
  add: (id: string, conversation: string | null): void => write([{ id, conversation }, ...read()]),
  remove: (id: string): void => write(read().filter((one) => one.id !== id)),
  clear: (): void => sessionStorage.removeItem(KEY),
};

/** A random UUID (RFC 9562, version 4); crypto.randomUUID is missing on plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
