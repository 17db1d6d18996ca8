#!/usr/bin/env python3
"""Checks this export with nothing but Python 3.8 and openssl 3:  python3 verify.py [KEY]
KEY: the log's verifier key from another source than this export. Without it, log.vkey is believed."""
import base64, hashlib, json, os, re, subprocess, sys, tempfile

os.chdir(os.path.dirname(os.path.abspath(__file__)))
sys.excepthook = lambda kind, error, _: print('NOT VALID: the export cannot be read:', kind.__name__, error)
RECORD = re.compile(rb'{"leaf":"([0-9a-f]{64})"(?:,"record":(.+))?,"seq":(\d+)}\n', re.DOTALL)
OPENSSL = 'openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature'
UNCHECKED = ['witnesses and earlier checkpoints', 'canonical form', 'gaps of writers']
problems = []

def stop(*first):
    unknown = '; '.join(['what comes after the first problem', *UNCHECKED])
    sys.exit('NOT VALID: ' + '; '.join([*first, *problems]) + '\nNot checked: ' + unknown)

def sha256(*parts): return hashlib.sha256(b''.join(parts))

# Keys and signatures: C2SP signed-note.
def parse_key(line, after):  # introduced after that many leaves: it counts for larger trees
    name, key_id, data = line.strip().split('+', 2)
    raw = base64.b64decode(data)
    if raw[0] != 1 or sha256(name.encode(), b'\n', raw).hexdigest()[:8] != key_id: stop('not a key: ' + line)
    return name, bytes.fromhex(key_id), bytes.fromhex('302a300506032b6570032100') + raw[1:], after  # RFC 8410

def signed_text(note, key):  # the text of the note if this key signed it, in each line that bears its name and id
    text, _, signatures = note.rpartition('\n\n')
    own = re.findall('^\u2014 %s (.+)\n' % re.escape(key[0]), signatures, re.MULTILINE)
    own = [line for line in own if base64.b64decode(line)[:4] == key[1]]
    for line in own:
        raw = base64.b64decode(line)
        with tempfile.TemporaryDirectory() as folder:
            for name, content in ('key', key[2]), ('text', (text + '\n').encode()), ('signature', raw[4:]):
                with open(os.path.join(folder, name), 'wb') as file: file.write(content)
            good = subprocess.run(OPENSSL.split(), cwd=folder, capture_output=True).returncode == 0
        if not good or line != base64.b64encode(raw).decode(): return None
    return text + '\n' if own else None

def lines(name):  # of a file; at its end its digest is compared
    digest = hashlib.sha256()
    with open(name, 'rb') as file:
        for line in iter(lambda: file.readline(1 << 17), b''):
            digest.update(line)
            yield line
    if digest.hexdigest() != manifest['files'].get(name): problems.append(name + ' is not the file that was exported')

def proved(proof, first, leaves):  # whether these leaves, with the hashes of the proof, lead to the signed root
    hashes = [base64.b64decode(text) for text in re.findall(b'"([A-Za-z0-9+/]{43}=)"', proof)]
    others, texts = iter(hashes), b','.join(b'"%s"' % base64.b64encode(node) for node in hashes)
    def root(low, high):  # of the leaves low..high-1
        if high <= first or low >= first + len(leaves): return next(others, b'')
        if high - low == 1: return leaves[low - first]
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        return sha256(b'\1', root(low, middle), root(middle, high)).digest()
    spelt = proof == b'{"count":%d,"first":%d,"hashes":[%s]}\n' % (len(leaves), first, texts)
    return spelt and root(0, size) == base64.b64decode(head) and not list(others)

# What the export says of itself, and who signed it.
manifest_bytes = open('manifest.json', 'rb').read()
manifest, note = json.loads(manifest_bytes), open('checkpoint.txt', encoding='utf-8', newline='').read()
keys = [parse_key(sys.argv[1] if len(sys.argv) > 1 else open('log.vkey', encoding='utf-8').read(), 0)]
for statement in manifest['keys']:  # by each the newest key introduces the next
    form, key, after, *_ = (signed_text(statement, keys[-1]) or '\n\n').split('\n')
    if form == 'docent-audit-key/v1': keys.append(parse_key(key, int(after)))
origin, size, head = note.split('\n\n')[0].split('\n')
size, own = int(size), [key for key in keys if key[0] == origin]
signer = (own[:1] + [key for key in own[1:] if key[3] < size])[-1:]
signed = bool(signer) and signed_text(note, signer[0]) == '%s\n%d\n%s\n' % (origin, size, head)
if not signed: problems.append('checkpoint.txt is not signed by a key of the log')
statement = 'docent-audit-export/v1\n%s\n' % sha256(manifest_bytes).hexdigest()
if signed_text(open('signature.txt', encoding='utf-8', newline='').read(), keys[-1]) != statement:
    problems.append('manifest.json is not the one that was signed')
if (manifest['log'], manifest['size'], manifest['root']) != (origin, size, head):
    problems.append('manifest.json speaks of another tree than checkpoint.txt')

# The records, run by run.
files, whole, count, pruned = {name: lines(name) for name in manifest['files']}, not manifest['filter'], 0, 0
for first, end in [[0, (size if signed else manifest['size']) - 1]] if whole else manifest['ranges']:
    while first <= end:
        last, leaves = min(end, first | 255), []
        for seq in range(first, last + 1):
            line = RECORD.fullmatch(next(files['events.jsonl'], b''))
            if not line or line[3] != b'%d' % seq: stop('record %d is missing, or something else is in its place' % seq)
            leaves.append(bytes.fromhex(line[1].decode()))
            if not line[2]: pruned += 1
            elif sha256(b'\0', line[2]).digest() != leaves[-1]: stop('record %d is not the one that was sealed' % seq)
        if not proved(next(files['proofs.jsonl'], b''), first, leaves) and signed:
            stop('record %d is not proved: %d to %d do not lead to the signed root' % (first, first, last))
        count, first = count + len(leaves), last + 1
if next(files['events.jsonl'], b'') or next(files['proofs.jsonl'], b''): stop('something follows the last record')
for name in files: list(files[name])
if [count, pruned] != [manifest['events'], manifest['pruned']]: problems.append('manifest.json counts others')
if problems: stop()
print('VALID: %d records of %s, in the tree of %d leaves signed by %s' % (count, origin, size, signer[0][1].hex()))
if whole: print('Complete: every record from 0 to %d.' % (size - 1))
if pruned: print('Of %d records only the leaf is left: pruned.' % pruned)
unknown = [] if len(sys.argv) > 1 else ['that log.vkey is the real key: take it from another source']
unknown += [] if whole else ['that no other record matches the filter']
print('Not checked: ' + '; '.join(unknown + UNCHECKED))
