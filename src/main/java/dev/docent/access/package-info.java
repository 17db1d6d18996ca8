/// Who asks, and what they may read. In: accounts and labels. Out: [Caller] and the [AccessFilter]
/// that every search applies inside its queries. Deny by default: without a grant nothing is seen.
@NullMarked
package dev.docent.access;

import org.jspecify.annotations.NullMarked;
