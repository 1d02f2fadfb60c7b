package dev.pgdrill.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The JSON documents of the HTTP API, field by field as Toxiproxy has them. */
final class ApiModel {
  private ApiModel() {}

  /** What a client may say of a proxy; null stands for a field that it left out. */
  record ProxyInput(
      String name, String listen, String upstream, Boolean enabled, List<ToxicInput> toxics) {
    boolean enabledOr(boolean otherwise) {
      return enabled == null ? otherwise : enabled;
    }

    String listenOrEmpty() {
      return listen == null ? "" : listen;
    }
  }

  /** What a client may say of a toxic; null stands for a field that it left out. */
  record ToxicInput(
      String name, String type, String stream, Double toxicity, JsonNode attributes) {}

  @JsonPropertyOrder({"name", "listen", "upstream", "enabled", "toxics"})
  record ProxyView(
      String name, String listen, String upstream, boolean enabled, List<ToxicView> toxics) {}

  @JsonPropertyOrder({"attributes", "name", "type", "stream", "toxicity"})
  record ToxicView(Toxic attributes, String name, String type, Direction stream, double toxicity) {}

  /** The answer to /populate: the proxies as far as they came, and the error that ended it. */
  record PopulateView(
      @JsonInclude(JsonInclude.Include.NON_NULL) String error,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer status,
      List<ProxyView> proxies) {}

  record ErrorView(String error, int status) {}
}
