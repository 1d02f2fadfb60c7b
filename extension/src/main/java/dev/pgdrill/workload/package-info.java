/** Clients whose every operation ends in the history. */
package dev.pgdrill.workload;
