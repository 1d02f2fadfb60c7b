package dev.pgdrill.proxy;

import dev.pgdrill.proxy.ApiModel.ToxicInput;
import dev.pgdrill.proxy.ApiModel.ToxicView;

/**
 * A toxic as it is set on a proxy.
 *
 * @param id of this toxic alone, so that a toxic that was deleted and made again is a new one
 * @param toxicity the share of connections to work on, 0 to 1
 */
record ToxicSpec(
    Identity id, String name, String type, Direction stream, double toxicity, Toxic toxic) {

  /** Equal to itself alone. */
  static final class Identity {}

  ToxicSpec {
    if (!(toxicity >= 0 && toxicity <= 1)) {
      throw ApiException.badRequest("toxicity must be between 0 and 1");
    }
    if (toxic instanceof PgToxic pg) {
      pg.check(stream);
    }
  }

  /** Checks in upstream's order: stream, then type, then attributes. */
  static ToxicSpec of(ToxicInput input) {
    if (input == null) {
      throw ApiException.badRequest("a toxic is null");
    }
    Direction stream =
        input.stream() == null ? Direction.DOWNSTREAM : Direction.parse(input.stream());
    String type = input.type() == null ? "" : input.type();
    if (!ToxicTypes.known(type)) {
      throw ApiException.invalidToxicType();
    }
    String name =
        input.name() == null || input.name().isEmpty()
            ? type + "_" + stream.wireName()
            : input.name();
    return new ToxicSpec(
        new Identity(),
        name,
        type,
        stream,
        input.toxicity() == null ? 1.0 : input.toxicity(),
        ToxicTypes.create(type, input.attributes()));
  }

  /** Name, type and stream of a toxic never change. */
  ToxicSpec changed(ToxicInput input) {
    return new ToxicSpec(
        id,
        name,
        type,
        stream,
        input.toxicity() == null ? toxicity : input.toxicity(),
        ToxicTypes.change(toxic, input.attributes()));
  }

  ToxicView view() {
    return new ToxicView(toxic, name, type, stream, toxicity);
  }
}
