package dev.pgdrill.backend;

import dev.pgdrill.plan.InvalidSettingException;
import dev.pgdrill.plan.Setting;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chooses the backend by {@code pgdrill.backend}. */
public final class Backends {
  private static final String AUTO = "auto";

  /** What {@code auto} tries, in this order. */
  private static final List<String> PREFERENCE = List.of("containers", "local");

  private Backends() {}

  /**
   * The backend that is asked for, or the first of containers and local that can be used.
   *
   * @throws InvalidSettingException if the name is unknown
   * @throws ProvisioningException if none can be used, with each one's reason
   */
  public static Backend select() {
    var found = new TreeMap<String, Backend>();
    ServiceLoader.load(Backend.class).forEach(backend -> found.put(backend.name(), backend));
    return select(Setting.BACKEND.find().orElse(AUTO), found);
  }

  static Backend select(String wanted, Map<String, Backend> found) {
    if (!wanted.equals(AUTO)) {
      Backend named = found.get(wanted);
      if (named == null) {
        throw new InvalidSettingException(
            Setting.BACKEND, wanted, "auto or one of: " + String.join(", ", found.keySet()));
      }
      return named;
    }
    List<Backend> candidates =
        PREFERENCE.stream().filter(found::containsKey).map(found::get).toList();
    return candidates.stream()
        .filter(backend -> backend.unavailable().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new ProvisioningException(
                    "no backend can be used here: "
                        + candidates.stream()
                            .map(b -> b.name() + ": " + b.unavailable().orElse(""))
                            .collect(Collectors.joining("; "))));
  }
}
