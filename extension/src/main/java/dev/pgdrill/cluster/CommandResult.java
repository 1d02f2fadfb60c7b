package dev.pgdrill.cluster;

/**
 * How a program ended.
 *
 * @param exitCode its exit code
 * @param output standard output
 * @param errors standard error
 */
public record CommandResult(int exitCode, String output, String errors) {}
