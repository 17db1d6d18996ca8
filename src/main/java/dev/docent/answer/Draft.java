package dev.docent.answer;

/// What a model wrote, unchecked.
///
/// @param firstTokenMillis since the question came in; -1: no token came
record Draft(String text, long firstTokenMillis, int promptTokens, int generatedTokens) {}
