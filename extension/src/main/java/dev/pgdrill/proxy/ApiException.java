package dev.pgdrill.proxy;

/**
 * An answer of the HTTP API that is not a success. Texts and statuses are those of Toxiproxy's
 * api.go, where Toxiproxy has the case.
 */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static ApiException badRequest(String detail) {
    return new ApiException(400, "bad request body: " + detail);
  }

  static ApiException missingField(String detail) {
    return new ApiException(400, "missing required field: " + detail);
  }

  static ApiException invalidStream() {
    return new ApiException(400, "stream was invalid, can be either upstream or downstream");
  }

  static ApiException invalidToxicType() {
    return new ApiException(400, "invalid toxic type");
  }

  static ApiException proxyNotFound() {
    return new ApiException(404, "proxy not found");
  }

  static ApiException proxyExists() {
    return new ApiException(409, "proxy already exists");
  }

  static ApiException toxicNotFound() {
    return new ApiException(404, "toxic not found");
  }

  static ApiException toxicExists() {
    return new ApiException(409, "toxic already exists");
  }

  static ApiException pageNotFound() {
    return new ApiException(404, "404 page not found");
  }

  static ApiException methodNotAllowed() {
    return new ApiException(405, "method not allowed");
  }

  static ApiException malformedUrl() {
    return new ApiException(400, "malformed URL");
  }

  /** Upstream answers 500 to whatever its own errors do not name, a failed bind for one. */
  static ApiException internal(String message) {
    return new ApiException(500, message);
  }
}
