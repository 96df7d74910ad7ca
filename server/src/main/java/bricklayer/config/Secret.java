package bricklayer.config;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A text that must not be shown: it appears masked wherever it is printed by mistake. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** For the one place that needs it. */
    public String reveal() {
        return value;
    }

    /** UTF-8. */
    public byte[] revealBytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "******";
    }
}
