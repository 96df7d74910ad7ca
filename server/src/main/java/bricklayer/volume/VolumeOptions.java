package bricklayer.volume;

import bricklayer.identity.VolumeStamp;
import bricklayer.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The list of gluster options of a volume. Each is {@code "key value"}; the last occurrence of a key counts.
 */
final class VolumeOptions {

    /** Sets a whole group of options at once, so it cannot be read back as one. */
    static final String GROUP = "group";

    /** Carries our id of the volume on the nodes. */
    static final String ID = VolumeStamp.ID;

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,254}");
    /** glusterd ends itself, without a word, when a key and its value fill a line of 4,096 characters in its file. */
    private static final int LENGTH_MAX = 4000;

    private VolumeOptions() {}

    /** The server's options before and after the request's. A setting that is empty adds one empty string, as Heketi's clients have come to expect. */
    static List<String> merged(VolumeLimits settings, boolean blockHosting, List<String> requested) {
        List<String> all = new ArrayList<>(split(settings.optionsBefore()));
        if (blockHosting) {
            all.addAll(split(settings.hostingOptions()));
        }
        all.addAll(requested);
        all.addAll(split(settings.optionsAfter()));
        return all;
    }

    private static List<String> split(String setting) {
        return List.of(setting.split(",", -1));
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
                            && words.key().length() + words.value().getBytes(StandardCharsets.UTF_8).length
                                    <= LENGTH_MAX
                            && words.value().chars().noneMatch(Character::isISOControl));
            if (!sound) {
                throw Problem.invalid("Invalid gluster volume option: " + option)
                        .next("write each option as its name, a blank, and its value");
            }
            if (words.key().startsWith(VolumeStamp.OURS)) {
                throw Problem.invalid("Invalid gluster volume option: " + option)
                        .next("options that begin with " + VolumeStamp.OURS
                                + " say on the nodes whose volume it is; use another name");
            }
        }
    }
}
