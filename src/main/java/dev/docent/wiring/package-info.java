/// The process: what is built from what, and when it starts and stops. In: [Settings], the one list
/// of them. Out: the beans that `api` serves, each chosen in [Engines], over a database and a data
/// folder that are there before Quarkus starts.
///
/// [Docent] is the main class, [Platform] what runs before it. [AnswerTrail], [RequestTrail],
/// [ChangeTrail] and [OperationTrail] are the record behind every port that needs one;
/// [DocumentFeed] is the way of a document into the index.
@NullMarked
package dev.docent.wiring;

import org.jspecify.annotations.NullMarked;
