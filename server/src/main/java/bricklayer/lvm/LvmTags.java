package bricklayer.lvm;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Facts as LVM tags, {@code key=value}, and back. LVM takes only letters, digits and {@code _+.-/=!:&#} in a tag; any other character of the text is written as its UTF-8 bytes, each
 * {@code #} and two capital hex digits, and so are {@code #} itself and a {@code =} of the key. Different facts never make the same tag.
 */
public final class LvmTags {

    /** Given in lvm(8). */
    private static final int LENGTH_MAX = 1024;

    private static final char ESCAPE = '#';
    private static final String PLAIN_MARKS = "_+.-/!:&";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private LvmTags() {}

    /**
     * The tag that holds a key and its value.
     *
     * @param key not empty
     * @throws IllegalArgumentException when no tag can hold it: no key, text that is not Unicode, or too long
     */
    public static String tag(String key, String value) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a tag for " + value + " has no key");
        }
        String tag = escape(key, PLAIN_MARKS) + "=" + escape(value, PLAIN_MARKS + "=");
        if (tag.startsWith("-")) { // it would be read as an option
            tag = ESCAPE + "2D" + tag.substring(1);
        }
        if (tag.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "the tag for " + key + " has " + tag.length() + " characters, LVM takes " + LENGTH_MAX);
        }
        return tag;
    }

    /** Facts of those tags that {@link #tag} can have made, by key; others belong to somebody else and are left out. Of two values of a key the last counts. */
    public static Map<String, String> read(Collection<String> tags) {
        Map<String, String> facts = new TreeMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                unescape(tag.substring(0, equals))
                        .ifPresent(key -> unescape(tag.substring(equals + 1))
                                .filter(value -> isMadeOf(tag, key, value))
                                .ifPresent(value -> facts.put(key, value)));
            }
        }
        return facts;
    }

    private static boolean isMadeOf(String tag, String key, String value) {
        return tag.length() <= LENGTH_MAX && tag(key, value).equals(tag);
    }

    private static String escape(String text, String marks) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException("half a character in " + text);
        }
        StringBuilder escaped = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isLetterOrDigit(c) || marks.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append(ESCAPE).append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static Optional<String> unescape(String escaped) {
        byte[] bytes = new byte[escaped.length()];
        int length = 0;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != ESCAPE) {
                bytes[length++] = (byte) c;
            } else if (i + 2 < escaped.length()
                    && HexFormat.isHexDigit(escaped.charAt(i + 1))
                    && HexFormat.isHexDigit(escaped.charAt(i + 2))) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3);
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }
}
