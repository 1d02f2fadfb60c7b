package dev.pgdrill.proxy;

/** One toxic at work on one direction of one connection. All calls come on its event loop. */
interface Stage extends Sink {
  /** The toxic's attributes have changed; what is held stays in order. */
  void update(Toxic toxic);

  /** The toxic is removed: pass on everything that is held, in order. */
  void detach();

  /** The connection is gone: release everything that is held. */
  void discard();
}
