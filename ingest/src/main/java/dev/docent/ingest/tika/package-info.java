/// Parsing, in a process of its own.
///
/// [ForkedTikaParser] is the parent's side: it keeps worker processes warm, hands them files, stops
/// them when they hang or die, and turns every ending into a stated outcome. [TikaWorker] is the
/// child's main class; `DocumentReader` and what is behind it run only there.
@NullMarked
package dev.docent.ingest.tika;

import org.jspecify.annotations.NullMarked;
