package bricklayer.store;

/** A number under a name: what lost updates show in. */
public record Counter(CounterId id, long value) implements Row<Counter.CounterId> {

    public static final Table<CounterId, Counter> TABLE = Table.of("counters", 1, Counter.class, CounterId::new);

    public record CounterId(String value) implements Key {}

    public static Counter of(String id, long value) {
        return new Counter(new CounterId(id), value);
    }

    /** The value under a name; 0 when there is none. */
    public static long value(Rows rows, String id) {
        return rows.get(TABLE, new CounterId(id)).map(Counter::value).orElse(0L);
    }
}
