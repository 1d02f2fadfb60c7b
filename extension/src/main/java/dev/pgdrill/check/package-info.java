/** Pure functions from a history to a verdict. */
package dev.pgdrill.check;
