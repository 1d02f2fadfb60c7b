package dev.pgdrill;

import dev.pgdrill.cluster.Cluster;
import dev.pgdrill.history.Recorder;
import java.nio.file.Path;

/**
 * What a {@link DrillResource} is made from.
 *
 * @param cluster the test's cluster
 * @param recorder the test's history
 * @param directory where files may be left for whoever looks into a failure
 */
public record DrillContext(Cluster cluster, Recorder recorder, Path directory) {}
