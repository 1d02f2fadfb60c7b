package dev.pgdrill.proxy;

/** A toxic that works on bytes, whatever their meaning. */
interface StreamToxic extends Toxic {
  /** Starts work on one direction of one connection. */
  Stage start(StageContext context);
}
