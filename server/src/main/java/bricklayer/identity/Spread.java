package bricklayer.identity;

import java.util.Map;

/**
 * A long text over several options of a gluster volume: {@code KEY}, {@code KEY.1}, {@code KEY.2}, each full but the last. So a part that is left from a longer text is never read. glusterd reads its
 * files line by line into a buffer of limited size; a part stays well below it.
 */
final class Spread {

    static final int PART = 1000;
    /** Makes the last part shorter than a full one where it would not be. Never ends a text otherwise. */
    private static final String PAD = "%";

    private Spread() {}

    static void write(Map<String, String> options, String key, String text) {
        String whole = text.length() % PART == 0 ? text + PAD : text;
        for (int part = 0; part * PART < whole.length(); part++) {
            options.put(keyOf(key, part), whole.substring(part * PART, Math.min(whole.length(), (part + 1) * PART)));
        }
    }

    /**
     * Empty when there is nothing under the key.
     *
     * @throws UnreadableIdentity when a part is missing
     */
    static String read(Map<String, String> options, String key) {
        StringBuilder text = new StringBuilder();
        for (int part = 0; ; part++) {
            String next = options.get(keyOf(key, part));
            if (next == null) {
                if (part == 0) {
                    return "";
                }
                throw new UnreadableIdentity("option " + keyOf(key, part) + " is missing");
            }
            text.append(next);
            if (next.length() < PART) {
                int end = text.length() - (next.endsWith(PAD) ? 1 : 0);
                return text.substring(0, end);
            }
        }
    }

    private static String keyOf(String key, int part) {
        return part == 0 ? key : key + "." + part;
    }
}
