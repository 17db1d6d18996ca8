/// Sealing: records that are durable become leaves of the tree, and the tree's state is signed and
/// handed to others.
///
/// The [dev.docent.compliance.seal.Sealer] grows the tree, [dev.docent.compliance.seal.SealedLog]
/// reads it and makes proofs, and [dev.docent.compliance.seal.BundleExport] writes evidence that
/// can be verified without the service. Compiles against the JDK alone.
@NullMarked
package dev.docent.compliance.seal;

import org.jspecify.annotations.NullMarked;
