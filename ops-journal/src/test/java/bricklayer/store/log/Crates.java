package bricklayer.store.log;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Schema;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.log.LogStore.Options;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** How the tests of this package open a store: small segments, so that a few writes fill one. */
final class Crates {

    static final Schema SCHEMA = Schema.of(Crate.TABLE, Counter.TABLE);
    static final JsonCodec CODEC = JsonCodec.builder(SCHEMA).build();
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("store-", 0).factory();

    private Crates() {}

    static Options options(Path folder) {
        return Options.in(folder).withSegmentBytes(8 << 10);
    }

    static LogStore open(Options options, Faults faults) {
        return LogStore.open(options, CODEC, InstantSource.fixed(NOW), THREADS, faults);
    }

    static LogStore open(Path folder) {
        return open(options(folder), Faults.NONE);
    }
}
