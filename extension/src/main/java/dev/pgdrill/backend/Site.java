package dev.pgdrill.backend;

import java.nio.file.Path;

/**
 * Where a cluster is to be.
 *
 * @param clusterId unique within the run, such as {@code c1}
 * @param logs an existing directory for the servers' logs, kept after the cluster is gone
 */
public record Site(String clusterId, Path logs) {}
