package dev.docent.answer;

/// What a model wrote, unchecked.
///
/// @param firstTokenMillis since the question came in; -1: no token came
/// @param cachedTokens of the prompt's, those that the engine had read before
record Draft(
    String text, long firstTokenMillis, int promptTokens, int cachedTokens, int generatedTokens) {}
