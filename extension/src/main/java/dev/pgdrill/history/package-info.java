/** What happened, on one monotonic clock: operations, fault windows, observations. */
package dev.pgdrill.history;
