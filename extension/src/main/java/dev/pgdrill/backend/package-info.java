/** Turns a topology into a running cluster. */
package dev.pgdrill.backend;
