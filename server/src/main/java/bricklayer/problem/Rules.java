package bricklayer.problem;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a value may look like. Each rule is pure, and says nothing or the reason why a value is refused, in Heketi's words. All but {@code required} and
 * the rules for lists let an empty value pass.
 */
public final class Rules {

    /** Entries of one tag request. */
    public static final int TAGS_MAX = 32;

    /** Ids in one request to clean up operations. */
    public static final int OPERATION_IDS_MAX = 32;

    private static final int TAG_NAME_LENGTH_MAX = 32;
    private static final int TAG_VALUE_LENGTH_MAX = 64;
    private static final int HOSTNAME_LENGTH_MAX = 255;
    private static final int IP_LITERAL_LENGTH_MAX = 64;

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DEVICE_NAME = Pattern.compile("/[a-zA-Z0-9_.:/-]+");
    private static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern TAG_NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62}(\\.[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62})*[._]?");
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]+");

    private Rules() {}

    public static Optional<String> required(String value) {
        return value.isEmpty() ? blank() : fine();
    }

    public static Optional<String> required(long value) {
        return value == 0 ? blank() : fine();
    }

    public static Optional<String> required(Collection<?> values) {
        return values.isEmpty() ? blank() : fine();
    }

    public static Optional<String> required(Map<?, ?> values) {
        return values.isEmpty() ? blank() : fine();
    }

    /** 0 passes: it counts as not given. */
    public static Optional<String> atLeast(long value, long min) {
        return value == 0 || value >= min ? fine() : Optional.of("must be no less than " + min);
    }

    public static Optional<String> oneOf(String value, String... allowed) {
        return value.isEmpty() || Arrays.asList(allowed).contains(value)
                ? fine()
                : Optional.of("must be a valid value");
    }

    /** 32 hex digits. Unlike the other rules this one refuses an empty value. */
    public static Optional<String> uuid(String value) {
        return UUID.matcher(value).matches() ? fine() : Optional.of(value + " is not a valid UUID");
    }

    public static Optional<String> deviceName(String value) {
        return format(value, DEVICE_NAME);
    }

    /** Volumes, block volumes and clones. */
    public static Optional<String> volumeName(String value) {
        return format(value, VOLUME_NAME);
    }

    /** The state of a node or device. */
    public static Optional<String> state(String value) {
        return value.isEmpty() || Set.of("online", "offline", "failed").contains(value)
                ? fine()
                : Optional.of(value + " is not valid state");
    }

    public static Optional<String> healCheck(String value) {
        return value.isEmpty() || Set.of("enable", "disable").contains(value)
                ? fine()
                : Optional.of(value + " is not valid heal info check");
    }

    /** What a valid heal check means: only {@code disable} leaves it out. */
    public static boolean wantsHealCheck(String value) {
        return !value.equals("disable");
    }

    /**
     * Each entry is a host name; an empty list passes.
     *
     * @param kind {@code manage} or {@code storage}
     */
    public static Optional<String> hostnames(List<String> values, String kind) {
        return values.stream().allMatch(Rules::isHostname)
                ? fine()
                : Optional.of("[" + String.join(" ", values) + "] is not a valid " + kind + " hostname");
    }

    /** An IP address or a DNS name; underscores pass, and so does {@code 1.2.3.999}, as a name. */
    public static boolean isHostname(String value) {
        boolean shortEnough = value.replace(".", "").length() <= HOSTNAME_LENGTH_MAX;
        return DOTTED_QUAD.matcher(value).matches()
                || isIpv6(value)
                || (shortEnough && DNS_NAME.matcher(value).matches());
    }

    private static boolean isIpv6(String value) {
        if (value.length() > IP_LITERAL_LENGTH_MAX
                || value.indexOf(':') < 0
                || !IPV6_CHARACTERS.matcher(value).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(value).getAddress().length > 0;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    public static Optional<String> tags(Map<String, String> tags) {
        if (tags.size() > TAGS_MAX) {
            return Optional.of("too many tags specified (" + tags.size() + "), up to " + TAGS_MAX + " supported");
        }
        return tags.entrySet().stream()
                .flatMap(tag -> tag(tag.getKey(), tag.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> tag(String name, String value) {
        if (name.isEmpty()) {
            return Optional.of("tag names may not be empty");
        }
        if (codePoints(name) > TAG_NAME_LENGTH_MAX) {
            return Optional.of("tag name " + name + ": the length must be between 1 and " + TAG_NAME_LENGTH_MAX);
        }
        if (!TAG_NAME.matcher(name).matches()) {
            return Optional.of("invalid characters in tag name " + name);
        }
        return codePoints(value) > TAG_VALUE_LENGTH_MAX
                ? Optional.of("value of tag " + name + ": the length must be no more than " + TAG_VALUE_LENGTH_MAX)
                : fine();
    }

    public static Optional<String> operationIds(List<String> ids) {
        if (ids.size() > OPERATION_IDS_MAX) {
            return Optional.of(
                    "too many ids specified (" + ids.size() + "), up to " + OPERATION_IDS_MAX + " supported");
        }
        return ids.stream().flatMap(id -> uuid(id).stream()).findFirst();
    }

    private static Optional<String> format(String value, Pattern pattern) {
        return value.isEmpty() || pattern.matcher(value).matches() ? fine() : Optional.of("must be in a valid format");
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Optional<String> blank() {
        return Optional.of("cannot be blank");
    }

    private static Optional<String> fine() {
        return Optional.empty();
    }
}
