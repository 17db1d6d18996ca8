/// Checks evidence without the service: an export in, a verdict out.
///
/// [dev.docent.compliance.verify.BundleVerifier] checks an export,
/// [dev.docent.compliance.verify.Main] is the program of the jar. Runs on the JDK alone.
@NullMarked
package dev.docent.compliance.verify;

import org.jspecify.annotations.NullMarked;
