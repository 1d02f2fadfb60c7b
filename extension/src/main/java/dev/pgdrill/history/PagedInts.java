package dev.pgdrill.history;

import java.util.ArrayList;
import java.util.List;

/** An int for each id from 0 on, four bytes an id, grown page by page. */
final class PagedInts {
  private static final int PAGE = 4096;

  private final List<int[]> pages = new ArrayList<>();

  void set(int id, int value) {
    while (pages.size() <= id / PAGE) {
      pages.add(new int[PAGE]);
    }
    pages.get(id / PAGE)[id % PAGE] = value;
  }

  /** The value set for the id, 0 if none was. */
  int get(int id) {
    return id / PAGE < pages.size() ? pages.get(id / PAGE)[id % PAGE] : 0;
  }
}
