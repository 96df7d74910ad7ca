package bricklayer.gluster;

import java.util.regex.Pattern;

/** How gluster says that it began nothing because it did not get its locks. */
final class LockRefusal {

    private static final Pattern SAID =
            Pattern.compile("Another transaction (is|could be) in progress|\\bLocking failed on ");

    /** Said together with the first, these mean that it did begin, or that nobody knows. */
    private static final Pattern BEGAN = Pattern.compile(
            "\\b(Staging|Commit|Unlocking|Pre Validation|Post Validation|Brick ops?|Post Commit) failed|Request timed out",
            Pattern.CASE_INSENSITIVE);

    private LockRefusal() {}

    static boolean isIn(String text) {
        return SAID.matcher(text).find() && !BEGAN.matcher(text).find();
    }
}
