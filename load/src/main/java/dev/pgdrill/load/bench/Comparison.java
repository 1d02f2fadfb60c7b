package dev.pgdrill.load.bench;

import java.util.List;

/**
 * Two ways of doing the same, measured in turn.
 *
 * @param name what is done
 * @param unit of all figures
 * @param peer the way that ours is compared with
 * @param ourRuns a figure for each run
 * @param peerRuns as many, taken in between
 */
record Comparison(
    String name, String unit, String peer, List<Double> ourRuns, List<Double> peerRuns) {

  /** One run's figure. */
  @FunctionalInterface
  interface Run {
    double measure() throws Exception;
  }

  /** Measures both in turn, first one of each that does not count. */
  static Comparison interleaved(
      String name, String unit, int times, Run ours, String peer, Run theirs) throws Exception {
    ours.measure();
    theirs.measure();
    var ourRuns = new Double[times];
    var peerRuns = new Double[times];
    for (int i = 0; i < times; i++) {
      ourRuns[i] = ours.measure();
      peerRuns[i] = theirs.measure();
    }
    return new Comparison(name, unit, peer, List.of(ourRuns), List.of(peerRuns));
  }

  double ourMedian() {
    return median(ourRuns);
  }

  double peerMedian() {
    return median(peerRuns);
  }

  /** Ours for one of theirs. */
  double ratio() {
    return ourMedian() / peerMedian();
  }

  /** The middle of the sorted figures, the mean of both when there are two. */
  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
