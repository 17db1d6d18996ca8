// @vitest-environment node
import { beforeAll, expect, test } from 'vitest';
import type { Proof } from '../api/audit';
import { canonical, verify } from './verify';

const text = (value: string) => new TextEncoder().encode(value);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function sha(...parts: Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.concat(parts)));
}

/** The root and the path by the definition of RFC 6962, 2.1, not by the loop that is tested. */
async function root(leaves: Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha(Uint8Array.of(1), await root(leaves.slice(0, k)), await root(leaves.slice(k)));
}

async function path(index: number, leaves: Uint8Array[]): Promise<Uint8Array[]> {
  if (leaves.length === 1) return [];
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return index < k
    ? [...(await path(index, leaves.slice(0, k))), await root(leaves.slice(k))]
    : [...(await path(index - k, leaves.slice(k))), await root(leaves.slice(0, k))];
}

const ORIGIN = 'log.example/epoch-1';
const RECORDS = Array.from({ length: 11 }, (_, n) => ({
  v: 1,
  id: `r${n}`,
  data: { b: `Zeile\n"${n}" ü \u2028`, a: [n, true] },
}));
let keys: CryptoKeyPair;
let vkey: string;

beforeAll(async () => {
  keys = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const typed = Buffer.concat([
    Uint8Array.of(1),
    new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)),
  ]);
  const id = hex((await sha(text(ORIGIN), Uint8Array.of(10), typed)).slice(0, 4));
  vkey = `${ORIGIN}+${id}+${typed.toString('base64')}`;
});

async function proofOf(index: number, size: number): Promise<Proof> {
  const leaves = await Promise.all(
    RECORDS.slice(0, size).map((record) => sha(Uint8Array.of(0), text(canonical(record)))),
  );
  const top = await root(leaves);
  const body = `${ORIGIN}\n${size}\n${Buffer.from(top).toString('base64')}\n`;
  const signature = new Uint8Array(
    await crypto.subtle.sign('Ed25519', keys.privateKey, text(body)),
  );
  const signed = Buffer.concat([Buffer.from(vkey.split('+')[1] as string, 'hex'), signature]);
  return {
    checkpoint: `${body}\n— ${ORIGIN} ${signed.toString('base64')}\n`,
    treeSize: size,
    root: hex(top),
    keys: [{ epoch: 1, key: vkey, statement: null }],
    records: [
      {
        id: `r${index}`,
        act: 'a.b',
        outcome: 'success',
        time: '',
        record: JSON.parse(JSON.stringify(RECORDS[index])),
        sequence: index,
        leaf: hex(leaves[index] as Uint8Array),
        path: (await path(index, leaves)).map(hex),
      },
    ],
  };
}

test('every record of every tree is proved', async () => {
  for (let size = 1; size <= RECORDS.length; size++) {
    for (let index = 0; index < size; index++) {
      expect(await verify(await proofOf(index, size))).toMatchObject({
        result: 'good',
        origin: ORIGIN,
      });
    }
  }
});

test('canonical JSON sorts keys and escapes as RFC 8785 does', () => {
  expect(canonical({ b: '\u0007\n"ü', a: [1, { d: true, c: 'x' }] })).toBe(
    '{"a":[1,{"c":"x","d":true}],"b":"\\u0007\\n\\"ü"}',
  );
});

const CHANGES: [string, string, (proof: Proof) => void][] = [
  ['a record', 'leaf', (p) => Object.assign(p.records[0]?.record as object, { id: 'other' })],
  ['a place', 'path', (p) => Object.assign(p.records[0] as object, { sequence: 3 })],
  ['a path', 'path', (p) => p.records[0]?.path.reverse()],
  ['a shorter path', 'path', (p) => p.records[0]?.path.pop()],
  ['a root beside the note', 'root', (p) => Object.assign(p, { root: '00'.repeat(32) })],
  [
    'a size',
    'signature',
    (p) => Object.assign(p, { checkpoint: p.checkpoint?.replace('\n9\n', '\n10\n') }),
  ],
  ['a key', 'signature', (p) => Object.assign(p, { keys: [] })],
];

test.each(CHANGES)('%s that was changed is found', async (_, step, change) => {
  const proof = await proofOf(4, 9);
  change(proof);
  const verdict = await verify(proof);
  expect(verdict.result).toBe('bad');
  expect(verdict.findings.find((finding) => finding.step === step)?.result).toBe('bad');
});

test('a record that waits to be sealed is not called proved', async () => {
  const proof = await proofOf(4, 9);
  Object.assign(proof.records[0] as object, { sequence: null, leaf: null, path: [] });
  expect((await verify(proof)).result).toBe('unchecked');
});
