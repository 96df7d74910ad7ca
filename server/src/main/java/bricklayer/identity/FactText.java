package bricklayer.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists and facts as one word that gluster keeps as it is: letters, digits and {@code _.+/-}, all else as its UTF-8 bytes, each {@code %} and two hex digits. A list's parts are joined by commas, a
 * fact's key and value by a colon, so {@code size:10,gid:0} reads as it says.
 */
final class FactText {

    private static final String PLAIN_MARKS = "_.+/-";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FactText() {}

    static String list(List<String> parts) {
        return String.join(",", parts.stream().map(FactText::escape).toList());
    }

    /** Reverses {@link #list} but for one thing: an empty text is taken for one empty part. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(unescape(part));
        }
        return List.copyOf(parts);
    }

    static String facts(Map<String, String> facts) {
        return String.join(
                ",",
                facts.entrySet().stream()
                        .map(fact -> escape(fact.getKey()) + ":" + escape(fact.getValue()))
                        .toList());
    }

    /**
     * @throws UnreadableIdentity when it is no such text
     */
    static Map<String, String> readFacts(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String fact : text.split(",", -1)) {
            int colon = fact.indexOf(':');
            if (colon < 1) {
                throw new UnreadableIdentity("'" + fact + "' is no fact, which is written key:value");
            }
            facts.put(unescape(fact.substring(0, colon)), unescape(fact.substring(colon + 1)));
        }
        return facts;
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || PLAIN_MARKS.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    static String unescape(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw new UnreadableIdentity("'" + text + "' has a % without two hex digits");
                }
                bytes[length++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + 3);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                throw new UnreadableIdentity("'" + text + "' has characters that are never written");
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
