package bricklayer.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has come: {@code 1842.3-9f3ac01b} after the third event of write 1842, {@code 1842-9f3ac01b} after all of it. Numbers of writes begin anew when records are restored, so the position names the
 * records that it belongs to as well.
 *
 * @param ordinal of the last event that was seen of the write; {@link #ALL} for the whole write
 * @param records the beginning of their generation id; empty when whoever made the position did not say
 */
record Position(long sequence, int ordinal, String records) {

    static final int ALL = Integer.MAX_VALUE;

    private static final int RECORDS_LENGTH = 8;
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,9}))?(?:-([0-9a-f]{" + RECORDS_LENGTH + "}))?");

    static Position behind(long sequence, String records) {
        return new Position(sequence, ALL, records);
    }

    /** The beginning of a generation id. */
    static String records(Optional<String> generation) {
        return generation
                .map(id -> id.substring(0, Math.min(RECORDS_LENGTH, id.length())))
                .orElse("");
    }

    /** Empty for what is no position. */
    static Optional<Position> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String ordinal = form.group(2);
        String records = form.group(3);
        return Optional.of(new Position(
                Long.parseLong(form.group(1)),
                ordinal == null ? ALL : Integer.parseInt(ordinal),
                records == null ? "" : records));
    }

    /** The write whose events come next; it may be one of which some were seen. */
    long next() {
        return ordinal == ALL ? sequence + 1 : sequence;
    }

    /** Whether an event comes after this. */
    boolean before(long otherSequence, int otherOrdinal) {
        return otherSequence > sequence || (otherSequence == sequence && otherOrdinal > ordinal);
    }

    @Override
    public String toString() {
        return sequence + (ordinal == ALL ? "" : "." + ordinal) + (records.isEmpty() ? "" : "-" + records);
    }
}
