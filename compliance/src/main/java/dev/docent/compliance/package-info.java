/// What happened, provably; what may be kept.
@NullMarked
package dev.docent.compliance;

import org.jspecify.annotations.NullMarked;
