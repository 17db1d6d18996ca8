// An independent judge of the tree, its proofs and its notes: Go's own transparency log code. Reads
// one question a line, answers each with one line.
//
//	root HASH,HASH,...                      root of the tree over leaf hashes
//	leaf BASE64                             leaf hash of a record
//	inclusion SIZE ROOT INDEX LEAF PATH     "ok" if the audit path proves the leaf
//	consistency SIZE ROOT OLDER ROOT PATH   "ok" if the path proves that one extends the other
//	prove INDEX HASHES                      the audit path that Go makes
//	extend OLDER HASHES                     the consistency proof that Go makes
//	note VKEY BASE64                        "ok" and the text in base64 if the note is signed
//	sign SKEY BASE64                        the signed note in base64
//
// Hashes are base64, lists are joined by commas, an empty list is "-".
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	for in.Scan() {
		answer, err := answer(strings.Fields(in.Text()))
		if err != nil {
			answer = "no: " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Println(answer)
	}
}

func answer(q []string) (string, error) {
	switch q[0] {
	case "leaf":
		record, err := base64.StdEncoding.DecodeString(q[1])
		return tlog.RecordHash(record).String(), err
	case "root":
		tree, n, err := stored(q[1])
		if err != nil {
			return "", err
		}
		root, err := tlog.TreeHash(n, tree)
		return root.String(), err
	case "prove":
		tree, n, err := stored(q[2])
		if err != nil {
			return "", err
		}
		proof, err := tlog.ProveRecord(n, number(q[1]), tree)
		return list(proof), err
	case "extend":
		tree, n, err := stored(q[2])
		if err != nil {
			return "", err
		}
		proof, err := tlog.ProveTree(n, number(q[1]), tree)
		return list(proof), err
	case "inclusion":
		path, err := hashes(q[5])
		if err != nil {
			return "", err
		}
		return "ok", tlog.CheckRecord(path, number(q[1]), hash(q[2]), number(q[3]), hash(q[4]))
	case "consistency":
		path, err := hashes(q[5])
		if err != nil {
			return "", err
		}
		return "ok", tlog.CheckTree(path, number(q[1]), hash(q[2]), number(q[3]), hash(q[4]))
	case "note":
		verifier, err := note.NewVerifier(q[1])
		if err != nil {
			return "", err
		}
		message, err := base64.StdEncoding.DecodeString(q[2])
		if err != nil {
			return "", err
		}
		opened, err := note.Open(message, note.VerifierList(verifier))
		if err != nil {
			return "", err
		}
		return "ok " + base64.StdEncoding.EncodeToString([]byte(opened.Text)), nil
	case "sign":
		signer, err := note.NewSigner(q[1])
		if err != nil {
			return "", err
		}
		text, err := base64.StdEncoding.DecodeString(q[2])
		if err != nil {
			return "", err
		}
		signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
		return base64.StdEncoding.EncodeToString(signed), err
	}
	return "", fmt.Errorf("no question %q", q[0])
}

// stored is the tree over leaf hashes, in the order in which tlog stores hashes.
func stored(leaves string) (tlog.HashReader, int64, error) {
	parsed, err := hashes(leaves)
	if err != nil {
		return nil, 0, err
	}
	var all []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = all[index]
		}
		return out, nil
	})
	for i, leaf := range parsed {
		more, err := tlog.StoredHashesForRecordHash(int64(i), leaf, reader)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, more...)
	}
	return reader, int64(len(parsed)), nil
}

func hashes(joined string) ([]tlog.Hash, error) {
	if joined == "-" {
		return nil, nil
	}
	var all []tlog.Hash
	for _, one := range strings.Split(joined, ",") {
		parsed, err := tlog.ParseHash(one)
		if err != nil {
			return nil, err
		}
		all = append(all, parsed)
	}
	return all, nil
}

func list(hashes []tlog.Hash) string {
	if len(hashes) == 0 {
		return "-"
	}
	var out []string
	for _, hash := range hashes {
		out = append(out, hash.String())
	}
	return strings.Join(out, ",")
}

func hash(text string) tlog.Hash {
	parsed, err := tlog.ParseHash(text)
	if err != nil {
		return tlog.Hash{}
	}
	return parsed
}

func number(text string) int64 {
	parsed, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1
	}
	return parsed
}
