package bricklayer.host;

import java.util.Objects;

/** The name under which the service reaches a node (a node's first manage host name). */
public record HostName(String value) {

    public HostName {
        Objects.requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("a host name cannot be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
