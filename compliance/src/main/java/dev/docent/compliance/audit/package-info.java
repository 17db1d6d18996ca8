/// The record of what happened: events in, durable canonical bytes, searches and exports out.
///
/// An [dev.docent.compliance.audit.AuditEvent] is one act of the closed vocabulary.
/// [dev.docent.compliance.audit.AuditWriter] makes it durable,
/// [dev.docent.compliance.audit.AuditReader] finds and exports it,
/// [dev.docent.compliance.audit.Identities] keeps the erasable map from pseudonyms to people.
/// Compiles against the JDK alone.
@NullMarked
package dev.docent.compliance.audit;

import org.jspecify.annotations.NullMarked;
