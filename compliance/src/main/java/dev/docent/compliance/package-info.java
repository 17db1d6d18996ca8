/// What happened, provably; what may be kept. In: events of the closed vocabulary of `audit`, which
/// knows documents by id and digest only. Out: durable records, the signed tree over them, and
/// evidence that outsiders check without the service.
@NullMarked
package dev.docent.compliance;

import org.jspecify.annotations.NullMarked;
