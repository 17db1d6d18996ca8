/// A real PostgreSQL for tests.
@NullMarked
package dev.docent.compliance.postgres;

import org.jspecify.annotations.NullMarked;
