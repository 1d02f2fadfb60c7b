package dev.pgdrill.cluster;

/** How a server is told to shut down. */
public enum StopMode {
  /** Open transactions are rolled back, a checkpoint is written (SIGINT). */
  FAST,
  /** No checkpoint: recovery at the next start (SIGQUIT). */
  IMMEDIATE
}
