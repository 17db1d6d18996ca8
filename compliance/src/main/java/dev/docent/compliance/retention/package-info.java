/// How long the log's records are kept: holds, and pruning by two people.
///
/// Wishes in, what was done or why not out. [dev.docent.compliance.retention.Retention] is the way
/// in. Compiles against the JDK alone.
@NullMarked
package dev.docent.compliance.retention;

import org.jspecify.annotations.NullMarked;
