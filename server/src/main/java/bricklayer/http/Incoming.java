package bricklayer.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a gate may know of a request.
 *
 * @param method as sent
 * @param path percent-decoded, without the query
 * @param authorization the first such header
 * @param peer the address at the other end of the connection; headers of proxies play no part
 */
public record Incoming(String method, String path, Optional<String> authorization, InetAddress peer) {}
