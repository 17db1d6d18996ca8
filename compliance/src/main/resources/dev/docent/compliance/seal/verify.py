#!/usr/bin/env python3
"""Checks this export with nothing but Python 3.8 and openssl 3.  python3 verify.py [KEY]
KEY: the log's verifier key from another source than this export. Without it, log.vkey is believed."""
import base64, hashlib, json, os, subprocess, sys, tempfile
here, problems = os.path.dirname(os.path.abspath(__file__)), []
sys.excepthook = lambda kind, error, _: print('NOT VALID: the export cannot be read: %s %s' % (kind.__name__, error))
def read(name): return open(os.path.join(here, name), 'rb').read()
def sha(*parts): return hashlib.sha256(b''.join(parts))
def key(line):  # name, key id, 32 bytes
    name, kid, data = line.strip().split('+', 2)
    raw = base64.b64decode(data)
    if raw[0] != 1 or sha(name.encode(), b'\n', raw).hexdigest()[:8] != kid: sys.exit('NOT VALID: not a key: ' + line)
    return name, bytes.fromhex(kid), raw[1:]
def text(note, k):  # the note's text if key k signed it
    body, _, lines = note.rpartition('\n\n')
    for line in lines.splitlines():
        sign, name, data = (line.split(' ') + ['', ''])[:3]
        raw = base64.b64decode(data)
        if (sign, name, raw[:4]) == ('\u2014', k[0], k[1]) and base64.b64encode(raw).decode() == data:
            with tempfile.TemporaryDirectory() as d:
                for n, b in (('k', bytes.fromhex('302a300506032b6570032100') + k[2]), ('t', (body + '\n').encode()), ('s', raw[4:])):
                    with open(os.path.join(d, n), 'wb') as f: f.write(b)
                run = ['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'k', '-rawin', '-in', 't', '-sigfile', 's']
                if subprocess.run(run, cwd=d, capture_output=True).returncode == 0: return body + '\n'
def root(low, high):  # of the leaves low..high-1: those at hand, else the next hash of the proof
    if high <= first or low >= first + len(leaves): return next(proof)
    if high - low == 1: return leaves[low - first]
    middle = low + (1 << (high - low - 1).bit_length() - 1)
    left = root(low, middle)
    return sha(b'\1', left, root(middle, high)).digest()
def stop(*why):
    print('NOT VALID: ' + '; '.join(list(why) + problems)); sys.exit(1)
manifest, trusted = read('manifest.json'), [(key(sys.argv[1] if len(sys.argv) > 1 else read('log.vkey').decode()), 0)]
m, note = json.loads(manifest), read('checkpoint.txt').decode()
for statement in m['keys']:  # each key introduces the next
    said = text(statement, trusted[-1][0])
    if said and said.startswith('docent-audit-key/v1\n'): trusted.append((key(said.split('\n')[1]), int(said.split('\n')[2])))
origin, size, head, _ = (note.split('\n') + [''] * 4)[:4]
of_log = [t for t in trusted if t[0][0] == origin]
signer = [k for i, (k, last) in enumerate(of_log) if i == 0 or last < int(size)][-1:]
signed = bool(signer) and text(note, signer[0]) == '\n'.join([origin, size, head, ''])
if not signed: problems.append('checkpoint.txt is not signed by a key of the log')
if text(read('signature.txt').decode(), trusted[-1][0]) != 'docent-audit-export/v1\n' + sha(manifest).hexdigest() + '\n': problems.append('manifest.json is not the one that was signed')
if (m['log'], m['size'], m['root']) != (origin, int(size), head): problems.append('manifest.json speaks of another tree than checkpoint.txt')
for name in m['files']:
    if name != 'events.jsonl' and sha(read(name)).hexdigest() != m['files'][name]: problems.append(name + ' is not the file that was exported')
whole = not m['filter']
length = int(size) if signed else m['size']
ranges = [[0, length - 1]] if whole and length else m['ranges']
events, proofs = open(os.path.join(here, 'events.jsonl'), 'rb'), open(os.path.join(here, 'proofs.jsonl'), 'rb')
digest, count, pruned = hashlib.sha256(), 0, 0
for begin, end in ranges:
    for first in [begin] + list(range(begin - begin % 256 + 256, end + 1, 256)):
        leaves, last = [], min(end, first - first % 256 + 255)
        for seq in range(first, last + 1):
            line = events.readline(); digest.update(line)
            at = line.rfind(b',"seq":')
            if line[at:] != b',"seq":%d}\n' % seq or line[:9] != b'{"leaf":"': stop('record %d is missing, or something else stands in its place' % seq)
            if at == 74: pruned += 1
            elif line[73:84] != b'","record":' or sha(b'\0', line[84:at]).hexdigest() != line[9:73].decode('latin1'): stop('record %d is not the one that was sealed' % seq)
            leaves.append(bytes.fromhex(line[9:73].decode('latin1'))); count += 1
        try:
            p = json.loads(proofs.readline()); hashes = [base64.b64decode(h) for h in p['hashes']]; proof = iter(hashes)
            good = (p['first'], p['count'], p['hashes']) == (first, len(leaves), [base64.b64encode(h).decode() for h in hashes])
            good = good and base64.b64encode(root(0, int(size))).decode() == head and not list(proof)
        except (ValueError, TypeError, KeyError, StopIteration): good = False
        if signed and not good: stop('record %d is not proved: records %d to %d do not lead to the signed root' % (first, first, last))
if events.readline() or proofs.readline(): stop('something follows the last record')
if digest.hexdigest() != m['files'].get('events.jsonl'): problems.append('events.jsonl is not the file that was exported')
if problems: stop()
print('VALID: %d records of %s, in the tree of %s leaves signed by %s' % (count, origin, size, signer[0][1].hex()))
if whole: print('Complete: every record from 0 to %d.' % (int(size) - 1))
if pruned: print('Of %d records only the leaf is left: pruned.' % pruned)
print('Not checked: ' + '; '.join(([] if len(sys.argv) > 1 else ['that log.vkey is the real key: take it from another source']) + ([] if whole else ['that no other record matches the filter']) + ['witnesses and earlier checkpoints', 'the canonical form of records', 'gaps of writers']))
