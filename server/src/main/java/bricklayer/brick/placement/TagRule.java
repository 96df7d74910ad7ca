package bricklayer.brick.placement;

import bricklayer.brick.InvalidRequest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which devices a volume may use, by one of their effective tags: {@code key=value} or {@code key!=value}.
 *
 * <p>Compared exactly. A tag that a device does not have is the empty string, so {@code !=} passes on it.
 *
 * @param key empty in {@link #ANY} only
 */
public record TagRule(String key, boolean equal, String value) {

    /** Passes every device. */
    public static final TagRule ANY = new TagRule("", true, "");

    /**
     * Heketi's pattern has {@code .-_} inside its brackets, which is not three characters but the range from dot
     * to underscore. So it takes {@code / : ; < = > ? @ [ \ ] ^} too, and not the hyphen. Stored volumes may
     * carry such rules, so all that it took is taken, with the same meaning (of several equals signs the last
     * one splits). The hyphen is taken as well: tag names may hold one, and a rule that Heketi refused can have
     * no other meaning there.
     */
    private static final Pattern FORM = Pattern.compile("([a-zA-Z0-9.-_\\-]+)(!?=)([a-zA-Z0-9.-_\\-]+)");

    /**
     * Reads a rule as written in a volume's options.
     *
     * @throws InvalidRequest with Heketi's text
     */
    public static TagRule parse(String rule) {
        Matcher form = FORM.matcher(rule);
        if (!form.matches()) {
            throw new InvalidRequest("Invalid tag matching rule: Invalid tag match rule: " + rule);
        }
        return new TagRule(form.group(1), form.group(2).equals("="), form.group(3));
    }

    boolean passes(Map<String, String> tags) {
        return key.isEmpty() || tags.getOrDefault(key, "").equals(value) == equal;
    }

    @Override
    public String toString() {
        return key.isEmpty() ? "any" : key + (equal ? "=" : "!=") + value;
    }
}
