package bricklayer.operation;

import bricklayer.store.codec.JsonCodec;

/** The stored names of what this package defines. For ever: a changed type gets the next version, and the old one goes on being read. */
public final class OperationFormats {

    private OperationFormats() {}

    public static JsonCodec.Builder register(JsonCodec.Builder codec) {
        return codec.subtype(RowChange.class, "create", 1, RowChange.Create.class)
                .subtype(RowChange.class, "update", 1, RowChange.Update.class)
                .subtype(RowChange.class, "delete", 1, RowChange.Delete.class)
                .subtype(RowChange.class, "hold", 1, RowChange.Hold.class)
                .subtype(Step.class, "reversed", 1, Reversed.class)
                .subtype(Step.class, "courtesy", 1, Courtesy.class);
    }
}
