/// The language model: found and verified, fitted to the machine, and asked.
///
/// In: a chat request (LangChain4j's). Out: tokens as they are generated, then the response with
/// its token usage and timings. The public types are the port [dev.docent.model.LocalChatModel]
/// with its engines, and the way to a file: [dev.docent.model.ModelCatalog],
/// [dev.docent.model.HardwareFit], [dev.docent.model.ModelStore], [dev.docent.model.GgufHeader].
///
/// Prompts and outputs are personal data: nothing in this package logs either.
@NullMarked
package dev.docent.model;

import org.jspecify.annotations.NullMarked;
