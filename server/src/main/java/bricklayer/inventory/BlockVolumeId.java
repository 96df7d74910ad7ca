package bricklayer.inventory;

import bricklayer.store.Key;

/** 32 lower-case hex digits. */
public record BlockVolumeId(String value) implements Key {

    @Override
    public String toString() {
        return value;
    }
}
