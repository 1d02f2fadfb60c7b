package dev.pgdrill.proxy;

import dev.pgdrill.proxy.ApiModel.PopulateView;
import dev.pgdrill.proxy.ApiModel.ProxyInput;
import dev.pgdrill.proxy.ApiModel.ProxyView;
import dev.pgdrill.proxy.ApiModel.ToxicInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** What the HTTP API does, request by request, one at a time. */
final class Api {
  /** The Toxiproxy release whose API this is, marked as another implementation of it. */
  static final String VERSION = "2.12.0+pgdrill";

  record Answer(int status, String contentType, String body) {
    static Answer json(int status, Object value) {
      return new Answer(status, "application/json", Json.write(value));
    }

    static Answer noContent() {
      return new Answer(204, null, "");
    }

    static Answer text(int status, String contentType, String text) {
      return new Answer(status, contentType, text);
    }
  }

  private static final TypeReference<ProxyInput> PROXY = new TypeReference<>() {};
  private static final TypeReference<List<ProxyInput>> PROXIES = new TypeReference<>() {};
  private static final TypeReference<ToxicInput> TOXIC = new TypeReference<>() {};

  private final ProxyCatalog catalog;

  Api(ProxyCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Answers a request.
   *
   * @param path the decoded segments of the path
   */
  Answer handle(String method, List<String> path, String body) {
    try {
      return route(method, path, body);
    } catch (ApiException e) {
      return error(e);
    }
  }

  static Answer error(ApiException e) {
    return Answer.json(e.status(), new ApiModel.ErrorView(e.getMessage(), e.status()));
  }

  private Answer route(String method, List<String> path, String body) {
    String first = path.get(0);
    if (path.size() == 1) {
      return switch (method + " " + first) {
        case "GET version" -> version();
        case "GET metrics" ->
            Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", catalog.metrics());
        case "GET proxies" -> index();
        case "POST proxies" -> Answer.json(201, catalog.add(Json.read(body, PROXY)).view());
        case "POST populate" -> populate(body);
        case "POST reset" -> reset();
        default ->
            throw unknown(List.of("version", "metrics", "proxies", "populate", "reset"), first);
      };
    }
    boolean toxics = path.size() >= 3 && path.get(2).equals("toxics");
    if (!first.equals("proxies") || path.size() > 4 || (path.size() > 2 && !toxics)) {
      throw ApiException.pageNotFound();
    }
    String name = path.get(1);
    return switch (path.size()) {
      case 2 -> proxy(method, name, body);
      case 3 -> toxics(method, name, body);
      default -> toxic(method, name, path.get(3), body);
    };
  }

  private static ApiException unknown(List<String> known, String path) {
    return known.contains(path) ? ApiException.methodNotAllowed() : ApiException.pageNotFound();
  }

  private static Answer version() {
    return Answer.text(
        200, "application/json;charset=utf-8", "{\"version\": \"" + VERSION + "\"}\n");
  }

  private Answer index() {
    Map<String, ProxyView> views = new LinkedHashMap<>();
    catalog.all().forEach(proxy -> views.put(proxy.name(), proxy.view()));
    return Answer.json(200, views);
  }

  private Answer populate(String body) {
    PopulateView view = catalog.populate(Json.read(body, PROXIES));
    return Answer.json(view.status() == null ? 201 : view.status(), view);
  }

  private Answer reset() {
    catalog.reset();
    return Answer.noContent();
  }

  private Answer proxy(String method, String name, String body) {
    switch (method) {
      case "GET" -> {
        return Answer.json(200, catalog.get(name).view());
      }
      case "POST", "PATCH" -> {
        Proxy proxy = catalog.get(name);
        proxy.update(Json.read(body, PROXY));
        return Answer.json(200, proxy.view());
      }
      case "DELETE" -> {
        catalog.remove(name);
        return Answer.noContent();
      }
      default -> throw ApiException.methodNotAllowed();
    }
  }

  private Answer toxics(String method, String name, String body) {
    switch (method) {
      case "GET" -> {
        return Answer.json(200, catalog.get(name).view().toxics());
      }
      case "POST" -> {
        Proxy proxy = catalog.get(name);
        ToxicSpec added = ToxicSpec.of(Json.read(body, TOXIC));
        proxy.addToxic(added);
        return Answer.json(200, added.view());
      }
      default -> throw ApiException.methodNotAllowed();
    }
  }

  private Answer toxic(String method, String name, String toxicName, String body) {
    switch (method) {
      case "GET" -> {
        return Answer.json(200, catalog.get(name).toxic(toxicName).view());
      }
      case "POST", "PATCH" -> {
        Proxy proxy = catalog.get(name);
        ToxicSpec changed = proxy.toxic(toxicName).changed(Json.read(body, TOXIC));
        proxy.replaceToxic(changed);
        return Answer.json(200, changed.view());
      }
      case "DELETE" -> {
        Proxy proxy = catalog.get(name);
        proxy.removeToxic(proxy.toxic(toxicName));
        return Answer.noContent();
      }
      default -> throw ApiException.methodNotAllowed();
    }
  }
}
