/// A witness: a second process with its own key and memory, which signs a state of a log only if it
/// continues the one that it signed before. Checkpoints with consistency proofs in, cosignatures
/// out.
///
/// [dev.docent.compliance.witness.WitnessServer] speaks C2SP tlog-witness, so that it can witness
/// other logs, and other witnesses ours. Runs on the JDK alone.
@NullMarked
package dev.docent.compliance.witness;

import org.jspecify.annotations.NullMarked;
