package dev.pgdrill.history;

/**
 * Latency of all acknowledged writes, milliseconds from the intended start, within 0.1 %.
 *
 * @param count acknowledged writes
 * @param perSecond their rate over the time from the start of the load to the last outcome
 */
public record LatencySummary(
    long count, double perSecond, double p50Ms, double p95Ms, double p99Ms, double maxMs) {}
