@NullMarked
package dev.docent.compliance.audit;

import org.jspecify.annotations.NullMarked;
