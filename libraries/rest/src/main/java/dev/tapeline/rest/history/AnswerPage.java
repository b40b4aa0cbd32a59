package dev.tapeline.rest.history;

import dev.tapeline.rest.arrow.ArrowTable;

/** A page of an answer, in each form that a caller may want it in. */
interface AnswerPage {

  String json();

  /** A header and a line for each entry. */
  String csv();

  /** A row for each entry; the rest of the answer is its metadata. */
  ArrowTable arrow();
}
