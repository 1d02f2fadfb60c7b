package dev.pgdrill.proxy;

/** Is told what happens on the proxies of a server. */
@FunctionalInterface
public interface ProxyListener {
  /**
   * Called on an event loop: must return at once and not call the server. What it throws is logged
   * and dropped.
   */
  void onEvent(ProxyEvent event);
}
