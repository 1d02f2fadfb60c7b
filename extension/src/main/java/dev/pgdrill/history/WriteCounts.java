package dev.pgdrill.history;

/**
 * How many writes ended how.
 *
 * @param attempted all that were sent or about to be
 * @param acknowledged whose commit the server acknowledged
 * @param failed that were definitely not applied
 * @param unknown whose commit got no answer
 */
public record WriteCounts(int attempted, int acknowledged, int failed, int unknown) {}
