/// The REST interface: HTTP to one call, no logic. Every route declares who may use it and how its
/// use is recorded ([Route]); [RequestGate] authenticates, then authorises, and records denials
/// before they are answered. Errors are RFC 9457 problems with an [ErrorCode].
@NullMarked
package dev.docent.api;

import org.jspecify.annotations.NullMarked;
