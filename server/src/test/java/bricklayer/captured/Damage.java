package bricklayer.captured;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Damages an answer in many ways, and fails when a query then concludes something else than before instead of refusing to conclude.
 *
 * @param essence what no damage may change. All of the answer, or where single letters are free (names, sizes) what recovery acts on
 */
public record Damage<T>(Query<T> query, Exited whole, Function<T, Object> essence) {

    private static final int CUT_STEP = 7;
    private static final int ROUNDS = 400;
    private static final int RUN_MAX = 4;

    /** Standard output, then standard error, ends too early. An output without a single byte is an answer of its own to some programs; callers say whether it is tried. */
    public void cutShort(int fromByte) {
        Object expected = expected();
        for (int length = fromByte; length < whole.out().length(); length += CUT_STEP) {
            requireSame(expected, new Exited(whole.status(), whole.out().substring(0, length), whole.err()));
        }
        for (int length = 0; length < whole.err().length(); length += CUT_STEP) {
            requireSame(
                    expected,
                    new Exited(whole.status(), whole.out(), whole.err().substring(0, length)));
        }
    }

    /** Runs of bytes became what is no text: control characters, halves of characters. */
    public void foreignBytes(long seed) {
        Random random = new Random(seed);
        garble(seed, random, () -> random.nextBoolean() ? '\ufffd' : (char) (1 + random.nextInt(8)), expected());
    }

    /** Runs of bytes became other printable ones. */
    public void otherLetters(long seed) {
        Random random = new Random(seed);
        garble(seed, random, () -> (char) (' ' + random.nextInt('~' - ' ' + 1)), expected());
    }

    /** The exit status is another one. */
    public void otherStatus() {
        Object expected = expected();
        for (int status : new int[] {0, 1, 2, 3, 4, 5, 8, 32, 64, 124, 126, 127, 137, 255}) {
            requireSame(expected, new Exited(status, whole.out(), whole.err()));
        }
    }

    private Object expected() {
        return essence.apply(query.answer().apply(whole));
    }

    private void garble(long seed, Random random, Supplier<Character> letter, Object expected) {
        UnaryOperator<String> garbled = text -> {
            if (text.isEmpty()) {
                return text;
            }
            StringBuilder changed = new StringBuilder(text);
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + 1 + random.nextInt(RUN_MAX));
            for (int i = from; i < to; i++) {
                changed.setCharAt(i, letter.get());
            }
            return changed.toString();
        };
        for (int round = 0; round < ROUNDS; round++) {
            boolean out = whole.err().isEmpty() || random.nextBoolean();
            Exited damaged = new Exited(
                    whole.status(),
                    out ? garbled.apply(whole.out()) : whole.out(),
                    out ? whole.err() : garbled.apply(whole.err()));
            requireSame(expected, damaged, "seed " + seed + ", round " + round);
        }
    }

    private void requireSame(Object expected, Exited damaged) {
        requireSame(expected, damaged, "");
    }

    private void requireSame(Object expected, Exited damaged, String how) {
        Object concluded;
        try {
            concluded = Objects.requireNonNull(essence.apply(query.answer().apply(damaged)));
        } catch (UnreadableAnswer e) {
            return;
        }
        assertThat(concluded)
                .as(
                        "%s answered status %d, stdout <%s>, stderr <%s> %s",
                        query.command(), damaged.status(), damaged.out(), damaged.err(), how)
                .isEqualTo(expected);
    }
}
