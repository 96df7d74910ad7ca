package bricklayer.glusterblock;

import bricklayer.host.UnreadableAnswer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as gluster-block writes them: {@code 5.0 GiB}, {@code 1.1 TiB}. One digit after the point, so from a TiB on different sizes are written alike.
 */
public final class BlockSize {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([GTPE])(?:I?B)?");
    private static final String UNITS = "GTPE";
    private static final int GIB_A_TIB = 1024;

    private BlockSize() {}

    /** What a command asks for. */
    static String asked(long gib) {
        return gib + "GiB";
    }

    /** How gluster-block writes a size of whole GiB in its answers. */
    public static String written(long gib) {
        long whole = gib;
        long rest = 0;
        int unit = 0;
        while (whole >= GIB_A_TIB) {
            rest = whole % GIB_A_TIB;
            whole /= GIB_A_TIB;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", whole + rest / (double) GIB_A_TIB, UNITS.charAt(unit));
    }

    /**
     * Whole GiB; what is less than one is dropped.
     *
     * @throws UnreadableAnswer when that is no size, or one below a GiB
     */
    static long gib(String text) {
        Matcher size = WRITTEN.matcher(text.replace(" ", "").toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new UnreadableAnswer("gluster-block gave a size that is none: " + text);
        }
        BigDecimal gib =
                new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * UNITS.indexOf(size.group(2)))));
        return gib.setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
