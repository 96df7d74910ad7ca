package bricklayer.operation;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids: 16 random bytes as 32 lower-case hex digits. Thread-safe when its source is. */
public final class Ids {

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
