@NullMarked
package dev.docent.compliance.retention;

import org.jspecify.annotations.NullMarked;
