import type { LogKey, Proof, ProvedRecord } from '../api/audit';

/**
 * Checks a proof in the browser, with nothing but the proof itself: the record's leaf, its path to the root
 * (RFC 9162, 2.1.3.2) and the signature under that root (C2SP signed-note, Ed25519). The formats are
 * those of compliance/README.md.
 */

export type Step = 'leaf' | 'path' | 'root' | 'signature';

export interface Finding {
  step: Step;
  /** `unchecked`: this browser cannot, or the record waits to be sealed. */
  result: 'good' | 'bad' | 'unchecked';
}

/**
 * Why nothing can be checked here: browsers have the means only at addresses that nobody on the way
 * can alter (`address`), and some have none (`browser`).
 */
export type Obstacle = 'address' | 'browser';

export function obstacle(): Obstacle | null {
  if (globalThis.crypto?.subtle) return null;
  return globalThis.isSecureContext ? 'browser' : 'address';
}

export interface Verdict {
  result: 'good' | 'bad' | 'unchecked';
  findings: Finding[];
  /** The log's name in the signature, as far as there is one. */
  origin: string | null;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Canonical JSON (RFC 8785) of what a record may hold: strings, integers, booleans, lists and objects. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    const pairs = Object.keys(fields)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`);
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value);
}

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

export function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

const LEAF: Bytes = Uint8Array.of(0);
const NODE: Bytes = Uint8Array.of(1);

/** The root that a leaf and its path lead to; null if the path has the wrong length. */
export async function rootOf(
  leaf: Bytes,
  index: number,
  size: number,
  path: Bytes[],
): Promise<Bytes | null> {
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  if (index >= size) return null;
  for (const sibling of path) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      hash = await sha256(NODE, sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = await sha256(NODE, hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hash : null;
}

interface Note {
  text: string;
  origin: string;
  size: number;
  root: Bytes;
  signatures: { name: string; keyId: string; signature: Bytes }[];
}

export function readNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const parts = /^\u2014 (\S+) (\S+)$/.exec(line);
      if (!parts?.[1] || !parts[2]) return [];
      const bytes = fromBase64(parts[2]);
      return [{ name: parts[1], keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) }];
    });
  return { text, origin, size: Number(size), root: fromBase64(root), signatures };
}

/** Whether one of the log's own keys signed the note; null where this browser knows no Ed25519. */
async function isSigned(note: Note, keys: LogKey[]): Promise<boolean | null> {
  const text = new TextEncoder().encode(note.text);
  for (const { key: line } of keys) {
    const parts = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line);
    if (!parts?.[1] || !parts[2] || !parts[3] || parts[1] !== note.origin) continue;
    const typed = fromBase64(parts[3]);
    const id = (await sha256(new TextEncoder().encode(parts[1]), Uint8Array.of(0x0a), typed)).slice(
      0,
      4,
    );
    if (typed[0] !== 1 || typed.length !== 33 || toHex(id) !== parts[2]) return false;
    const signed = note.signatures.find(
      ({ name, keyId }) => name === parts[1] && keyId === parts[2],
    );
    if (!signed) continue;
    try {
      const key = await crypto.subtle.importKey('raw', typed.slice(1), 'Ed25519', false, [
        'verify',
      ]);
      return await crypto.subtle.verify('Ed25519', key, signed.signature, text);
    } catch {
      return null;
    }
  }
  return false;
}

async function isInTree(record: ProvedRecord, size: number, root: string): Promise<Finding[]> {
  if (record.sequence === null || record.leaf === null) {
    return [{ step: 'leaf', result: 'unchecked' }];
  }
  const bytes = new TextEncoder().encode(canonical(record.record));
  const leaf = await sha256(LEAF, bytes);
  const led = await rootOf(leaf, record.sequence, size, record.path.map(fromHex));
  return [
    { step: 'leaf', result: toHex(leaf) === record.leaf ? 'good' : 'bad' },
    { step: 'path', result: led && toHex(led) === root ? 'good' : 'bad' },
  ];
}

/** One finding a step, over all records of the proof. */
export async function verify(proof: Proof): Promise<Verdict> {
  const note = proof.checkpoint === null ? null : readNote(proof.checkpoint);
  if (!note || proof.root === null || proof.treeSize === null) {
    return { result: 'unchecked', findings: [], origin: null };
  }
  const findings: Finding[] = [];
  for (const record of proof.records) {
    findings.push(...(await isInTree(record, note.size, toHex(note.root))));
  }
  const same = toHex(note.root) === proof.root && note.size === proof.treeSize;
  findings.push({ step: 'root', result: same ? 'good' : 'bad' });
  const signed = await isSigned(note, proof.keys);
  findings.push({
    step: 'signature',
    result: signed === null ? 'unchecked' : signed ? 'good' : 'bad',
  });
  const steps = (['leaf', 'path', 'root', 'signature'] as const).flatMap((step) => {
    const of = findings.filter((finding) => finding.step === step);
    return of.length === 0 ? [] : [{ step, result: worst(of) }];
  });
  return { result: worst(findings), findings: steps, origin: note.origin };
}

function worst(findings: Finding[]): Finding['result'] {
  if (findings.some(({ result }) => result === 'bad')) return 'bad';
  return findings.some(({ result }) => result === 'unchecked') ? 'unchecked' : 'good';
}
