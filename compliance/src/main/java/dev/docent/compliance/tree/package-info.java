/// The tree over the records and the signed statements about it: hashes and keys in, roots, proofs
/// and signed notes out.
///
/// A [dev.docent.compliance.tree.TreeView] reads a tree that is stored as tiles and makes proofs,
/// [dev.docent.compliance.tree.MerkleProofs] checks them, a [dev.docent.compliance.tree.Checkpoint]
/// states a tree's size and root, and a [dev.docent.compliance.tree.SignedNote] carries it with its
/// signatures.
///
/// Sources: RFC 6962, section 2.1 (hashes), RFC 9162, sections 2.1.3 and 2.1.4 (proofs), C2SP
/// signed-note, tlog-checkpoint, tlog-cosignature and tlog-tiles. Compiles against the JDK alone.
@NullMarked
package dev.docent.compliance.tree;

import org.jspecify.annotations.NullMarked;
