package bricklayer.adopt;

import bricklayer.operation.Check;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's checks. For ever: a changed one gets the next version, and the old one goes on being read. */
public final class AdoptFormats {

    private AdoptFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Check.class, "still-there", 1, StillThere.class);
    }
}
