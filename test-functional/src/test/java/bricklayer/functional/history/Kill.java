package bricklayer.functional.history;

/**
 * A death of the server by SIGKILL. Times as in {@link Exchange}.
 *
 * @param server which start of it died
 * @param dead from when on it could do nothing any more
 * @param serving whether it served; else it was killed on its way up
 */
public record Kill(int server, long dead, boolean serving) {}
