/// A document in, passages with vectors out.
@NullMarked
package dev.docent.ingest;

import org.jspecify.annotations.NullMarked;
