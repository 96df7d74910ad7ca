package bricklayer.operation;

import bricklayer.store.Key;

/** 32 lower-case hex digits. Also the id in {@code /queue/{id}}: an operation's answer is found under it after a restart, too. */
public record OperationId(String value) implements Key {

    @Override
    public String toString() {
        return value;
    }
}
