/// What the service knows besides the index: accounts and groups, collections and documents with
/// their revisions, ingest runs, conversations. In: requests of `api` and the jobs of `wiring`.
/// Out: records; entities stay inside. Every change goes through [Transactions], which appends its
/// audit record in the same transaction. Start with [Accounts], [Sessions], [Documents],
/// [DocumentLabels], [Readings], [IngestRuns], [Conversations]; bytes lie in a [BlobStore], of each
/// document those of its current revision alone, and those on their way in [Uploads].
@NullMarked
package dev.docent.library;

import org.jspecify.annotations.NullMarked;
