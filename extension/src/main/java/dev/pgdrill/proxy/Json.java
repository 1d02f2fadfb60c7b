package dev.pgdrill.proxy;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with the manners of Go's encoding/json, which Toxiproxy's clients rely on: field names in
 * any case, unknown fields and null are ignored, nothing after the first value is read, and a
 * string is no number.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private Json() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String body, TypeReference<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw ApiException.badRequest("null");
      }
      return value;
    } catch (JacksonException e) {
      throw ApiException.badRequest(reason(e, body.length()));
    }
  }

  /**
   * Attributes of the given toxic class: the fields that the client named over those of the old
   * value.
   *
   * @param old the value to change, or null for one whose every field is at its default
   */
  static <T extends Toxic> T attributes(Class<T> type, Toxic old, JsonNode changes) {
    try {
      Map<String, JsonNode> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      if (old != null) {
        MAPPER.valueToTree(old).properties().forEach(e -> keepNamed(fields, e));
      }
      if (changes != null && !changes.isNull()) {
        if (!changes.isObject()) {
          throw ApiException.badRequest("attributes must be an object");
        }
        changes.properties().forEach(e -> keepNamed(fields, e));
      }
      return MAPPER.convertValue(fields, type);
    } catch (JacksonException e) {
      throw ApiException.badRequest(reason(e, 1));
    }
  }

  private static void keepNamed(Map<String, JsonNode> fields, Map.Entry<String, JsonNode> change) {
    if (!change.getValue().isNull()) {
      fields.put(change.getKey(), change.getValue());
    }
  }

  private static String reason(JacksonException e, int bodyLength) {
    if (bodyLength == 0) {
      return "EOF";
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    String path =
        e instanceof DatabindException && !e.getPath().isEmpty()
            ? " (" + e.getPathReference().replaceAll(".*\\[\"|\"]", "") + ")"
            : "";
    return e.getOriginalMessage() + path;
  }
}
