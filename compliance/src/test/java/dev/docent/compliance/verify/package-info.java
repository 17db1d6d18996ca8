@NullMarked
package dev.docent.compliance.verify;

import org.jspecify.annotations.NullMarked;
