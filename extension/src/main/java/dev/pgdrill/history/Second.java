package dev.pgdrill.history;

/**
 * One second of load.
 *
 * @param second counted from the start of the load, from 0
 * @param acknowledged writes acknowledged in it
 * @param missed writes that failed, or whose outcome stayed unknown, in it
 * @param p50Ms median latency of the acknowledged, milliseconds from the intended start
 * @param p99Ms 99th percentile
 * @param maxMs the longest
 */
public record Second(
    long second, long acknowledged, long missed, double p50Ms, double p99Ms, double maxMs) {}
