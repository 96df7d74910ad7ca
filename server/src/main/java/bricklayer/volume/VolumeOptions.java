package bricklayer.volume;

import bricklayer.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The list of gluster options of a volume, and the ones among them that mean something to this service. Each is {@code "key value"}; the last
 * occurrence of a key counts.
 */
final class VolumeOptions {

    private static final String ARBITER = "user.heketi.arbiter";
    private static final String AVERAGE_FILE_SIZE = "user.heketi.average-file-size";
    private static final String ZONE_CHECKING = "user.heketi.zone-checking";
    private static final String TAG_MATCH = "user.heketi.device-tag-match";
    /** Sets a whole group of options at once, so it cannot be read back as one. */
    static final String GROUP = "group";

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,254}");
    private static final int VALUE_LENGTH_MAX = 4096;
    private static final Set<String> TRUE_WORDS = Set.of("1", "t", "T", "TRUE", "true", "True");

    private VolumeOptions() {}

    /** The server's options before and after the request's. A setting that is empty adds one empty string, as Heketi's clients have come to expect. */
    static List<String> merged(String before, List<String> requested, String after) {
        List<String> all = new ArrayList<>(List.of(before.split(",", -1)));
        all.addAll(requested);
        all.addAll(List.of(after.split(",", -1)));
        return all;
    }

    static boolean wantsArbiter(List<String> options) {
        return value(options, ARBITER).filter(TRUE_WORDS::contains).isPresent();
    }

    /** KiB; the server's value where the volume names none that makes sense. */
    static long averageFileSizeKiB(List<String> options, long otherwise) {
        return value(options, AVERAGE_FILE_SIZE)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .filter(size -> size > 0)
                .orElse(otherwise);
    }

    static Optional<String> zoneChecking(List<String> options) {
        return value(options, ZONE_CHECKING);
    }

    static Optional<String> tagMatch(List<String> options) {
        return value(options, TAG_MATCH);
    }

    /** An option as its two parts. The value may be empty, and may hold blanks. */
    record Words(String key, String value) {}

    static Words words(String option) {
        String[] parts = option.strip().split("\\s+", 2);
        return new Words(parts[0], parts.length > 1 ? parts[1] : "");
    }

    /**
     * Refuses what gluster's command line could take for something else than a key and a value.
     *
     * @throws Problem 400
     */
    static void validate(List<String> options) {
        for (String option : options) {
            Words words = words(option);
            boolean sound = option.isBlank()
                    || (KEY.matcher(words.key()).matches()
                            && !words.value().isEmpty()
                            && !words.value().startsWith("-")
                            && words.value().length() <= VALUE_LENGTH_MAX
                            && words.value().chars().noneMatch(Character::isISOControl));
            if (!sound) {
                throw Problem.invalid("Invalid gluster volume option: " + option)
                        .next("write each option as its name, a blank, and its value");
            }
        }
    }

    private static Optional<String> value(List<String> options, String key) {
        return options.reversed().stream()
                .map(VolumeOptions::words)
                .filter(words -> words.key().equals(key))
                .map(Words::value)
                .findFirst();
    }
}
