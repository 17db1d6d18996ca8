package dev.docent.model;

/// The grammar of a request is not valid GBNF for this model. A retry does not help.
public final class InvalidGrammarException extends ModelException {
  public InvalidGrammarException(String message) {
    super(message);
  }
}
