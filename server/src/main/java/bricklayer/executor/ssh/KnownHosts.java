package bricklayer.executor.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What known_hosts files say. A line (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT) is
 *
 * <pre>
 * [@marker] names keytype base64 [comment]        names: a.example,*.b.example,!c.b.example,[d.example]:2222,|1|salt|hash
 * </pre>
 *
 * Lines that do not fit are passed over, as ssh does; so are certificate authorities, which are not supported.
 */
record KnownHosts(List<Line> lines) {

    record Line(boolean revoked, String names, HostKey key) {}

    static KnownHosts read(List<Path> files) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            for (String text : Files.readAllLines(file)) {
                parse(text).forEach(lines::add);
            }
        }
        return new KnownHosts(lines);
    }

    /** How a host is called in such a file. */
    static String name(String host, int port) {
        return port == 22 ? host : "[" + host + "]:" + port;
    }

    /** Keys by which the host is known. Where nothing is said about this very port, what is said about the host counts. May be empty. */
    List<HostKey> keysOf(String host, int port) {
        List<HostKey> exact = keysOf(name(host, port));
        return exact.isEmpty() ? keysOf(host) : exact;
    }

    boolean revoked(HostKey key) {
        return lines.stream().anyMatch(line -> line.revoked() && line.key().equals(key));
    }

    private List<HostKey> keysOf(String name) {
        return lines.stream()
                .filter(line -> !line.revoked() && matches(line.names(), name))
                .map(Line::key)
                .toList();
    }

    private static Stream<Line> parse(String text) {
        List<String> fields = new ArrayList<>(List.of(text.strip().split("\\s+")));
        String marker = fields.getFirst().startsWith("@") ? fields.removeFirst() : "";
        if (fields.size() < 3
                || fields.getFirst().startsWith("#")
                || !(marker.isEmpty() || marker.equals("@revoked"))) {
            return Stream.empty();
        }
        HostKey key = new HostKey(fields.get(1), fields.get(2));
        return key.readable() ? Stream.of(new Line(!marker.isEmpty(), fields.getFirst(), key)) : Stream.empty();
    }

    private static boolean matches(String names, String name) {
        boolean found = false;
        for (String pattern : names.split(",", -1)) {
            if (pattern.startsWith("!")) {
                if (wildcard(pattern.substring(1), name)) {
                    return false;
                }
            } else {
                found |= pattern.startsWith("|1|") ? hashed(pattern, name) : wildcard(pattern, name);
            }
        }
        return found;
    }

    private static boolean wildcard(String pattern, String name) {
        String regex = Pattern.quote(pattern.toLowerCase(Locale.ROOT))
                .replace("*", "\\E.*\\Q")
                .replace("?", "\\E.\\Q");
        return name.toLowerCase(Locale.ROOT).matches(regex);
    }

    /** {@code |1|salt|HMAC-SHA1(salt, name)}: HashKnownHosts of ssh_config(5). */
    private static boolean hashed(String pattern, String name) {
        String[] parts = pattern.split("\\|", -1);
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash).equals(parts[3]);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
