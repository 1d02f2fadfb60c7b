package dev.pgdrill.history;

import org.roaringbitmap.RoaringBitmap;

/**
 * What one server had after everything.
 *
 * @param node its name
 * @param primary whether it was the primary then
 * @param ids the ids that it had
 * @param duplicated those of them that it had more than once
 */
public record FinalRead(String node, boolean primary, RoaringBitmap ids, RoaringBitmap duplicated) {

  /** Collects ids in any order, an id as often as it is stored. */
  public static final class Collector {
    private final RoaringBitmap ids = new RoaringBitmap();
    private final RoaringBitmap duplicated = new RoaringBitmap();

    public void add(int id) {
      if (!ids.checkedAdd(id)) {
        duplicated.add(id);
      }
    }

    public FinalRead from(String node, boolean primary) {
      return new FinalRead(node, primary, ids, duplicated);
    }
  }
}
