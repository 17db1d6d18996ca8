@NullMarked
package dev.docent.compliance.seal;

import org.jspecify.annotations.NullMarked;
