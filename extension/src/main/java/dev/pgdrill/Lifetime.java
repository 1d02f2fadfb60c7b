package dev.pgdrill;

/** How long a cluster lives. */
public enum Lifetime {
  /** One cluster for all tests of a class and its nested classes. */
  CLASS,
  /** A new one for each test: for drills that leave nothing as it was. */
  METHOD
}
