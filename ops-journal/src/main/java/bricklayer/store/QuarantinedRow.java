package bricklayer.store;

/** A stored row that this version cannot read, kept byte for byte. */
public record QuarantinedRow(String table, String key, int version, String text, String reason) {}
