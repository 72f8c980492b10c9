package dev.earshot.portal.http;

import java.util.Set;

/**
 * One operation of the API.
 *
 * @param path with its variables in braces: {@code /api/people/{id}}
 * @param query the parameters it knows; any other is refused, so that a misspelt filter is not
 *     silently no filter
 * @param takesBody whether it reads a JSON body
 */
public record Endpoint(
    Method method,
    String path,
    Access access,
    Set<String> query,
    boolean takesBody,
    Action action) {

  /** The methods in use. */
  public enum Method {
    GET,
    POST,
    DELETE
  }

  public Endpoint {
    query = Set.copyOf(query);
  }

  public static Endpoint open(String path, Action action) {
    return new Endpoint(Method.GET, path, Access.OPEN, Set.of(), false, action);
  }

  public static Endpoint get(String path, Set<String> query, Action action) {
    return new Endpoint(Method.GET, path, Access.ADMIN, query, false, action);
  }

  public static Endpoint post(String path, Set<String> query, Action action) {
    return new Endpoint(Method.POST, path, Access.ADMIN, query, true, action);
  }

  /** A post that needs no body: the path says it all. */
  public static Endpoint order(String path, Action action) {
    return new Endpoint(Method.POST, path, Access.ADMIN, Set.of(), false, action);
  }

  public static Endpoint delete(String path, Action action) {
    return new Endpoint(Method.DELETE, path, Access.ADMIN, Set.of(), false, action);
  }
}
