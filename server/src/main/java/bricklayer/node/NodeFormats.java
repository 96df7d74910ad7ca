package bricklayer.node;

import bricklayer.operation.Step;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps. For ever: a changed step gets the next version, and the old one goes on being read. */
public final class NodeFormats {

    private NodeFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Step.class, "probe-peer", 1, ProbePeer.class)
                .subtype(Step.class, "limit-snapshots", 1, LimitSnapshots.class)
                .subtype(Step.class, "name-peer", 1, NamePeer.class);
    }
}
