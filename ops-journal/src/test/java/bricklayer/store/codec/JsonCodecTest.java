package bricklayer.store.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Crate.Condition;
import bricklayer.store.Crate.CrateId;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonCodecTest {

    // Stand-ins for the types of the operation package, which the store may not know.

    record JobId(String value) implements Key {}

    record Job(JobId id, Work work, Map<JobId, Integer> progress) implements Row<JobId> {}

    record Work(String kind, List<Edit> edits, List<Phase> phases, Optional<Move> first, Optional<String> note) {}

    sealed interface Edit {
        record Make<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements Edit {}

        record Drop<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements Edit {}
    }

    record Phase(String name, List<Move> moves) {}

    interface Move {
        String name();
    }

    record Lift(String name, long height, Duration limit) implements Move {}

    record Wait() implements Move {
        @Override
        public String name() {
            return "wait";
        }

        public boolean isLong() {
            return true;
        }
    }

    record Backwards(Move move) implements Move {
        @Override
        public String name() {
            return "backwards-" + move.name();
        }
    }

    private static final Table<JobId, Job> JOBS = Table.of("jobs", 1, Job.class, JobId::new);

    /** Crates as they were in version 1. */
    record CrateOne(CrateId id, String owner, long weight) {}

    private static final Schema SCHEMA = Schema.of(Crate.TABLE, Counter.TABLE, JOBS);

    private final JsonCodec codec = registered().build();

    private static JsonCodec.Builder registered() {
        return JsonCodec.builder(SCHEMA)
                .subtype(Edit.class, "make", 1, Edit.Make.class)
                .subtype(Edit.class, "drop", 1, Edit.Drop.class)
                .subtype(Move.class, "lift", 3, Lift.class)
                .subtype(Move.class, "wait", 1, Wait.class)
                .subtype(Move.class, "backwards", 1, Backwards.class)
                .older(
                        Crate.TABLE,
                        1,
                        CrateOne.class,
                        old -> Crate.of(old.id().value(), old.owner(), old.weight(), "was-version-1"));
    }

    private static Job job() {
        return new Job(
                new JobId("j1"),
                new Work(
                        "move-crates",
                        List.of(
                                new Edit.Make<>(Crate.TABLE, Crate.of("a", "ann", 5, "red")),
                                new Edit.Drop<>(Counter.TABLE, Counter.of("n", 7))),
                        List.of(
                                new Phase("up", List.of(new Lift("hook", 12, Duration.ofSeconds(90)), new Wait())),
                                new Phase("down", List.of(new Backwards(new Lift("hook", 12, Duration.ZERO))))),
                        Optional.of(new Wait()),
                        Optional.empty()),
                Map.of(new JobId("x"), 3));
    }

    @Test
    void readsBackEachKindOfComponent() {
        Crate crate = new Crate(
                new CrateId("ä \"quoted\""),
                "ann",
                Long.MAX_VALUE,
                Condition.DENTED,
                Optional.of(new CrateId("below")),
                List.of("red", ""),
                Map.of("nails", -1, "", 0),
                Instant.parse("2026-11-21T10:15:30.123456789Z"),
                Duration.ofNanos(1));

        assertThat(codec.decode(Crate.TABLE, 2, codec.encode(Crate.TABLE, crate)))
                .isEqualTo(crate);
    }

    @Test
    void readsBackAPlanInsideARow() {
        byte[] json = codec.encode(JOBS, job());

        assertThat(codec.decode(JOBS, 1, json)).isEqualTo(job());
    }

    @Test
    void writesTextThatAPersonCanRead() {
        assertThat(new String(codec.encode(JOBS, job()), UTF_8))
                .isEqualTo("{\"id\":\"j1\",\"work\":{\"kind\":\"move-crates\",\"edits\":["
                        + "{\"make/1\":{\"table\":\"crates\",\"row\":{\"crates/2\":{\"id\":\"a\",\"owner\":\"ann\",\"weight\":5,"
                        + "\"condition\":\"SOUND\",\"labels\":[\"red\"],\"contents\":{\"nails\":12},"
                        + "\"packed\":\"2026-11-21T10:15:30.123456789Z\",\"shelfLife\":\"PT1H30M\"}}}},"
                        + "{\"drop/1\":{\"table\":\"counters\",\"row\":{\"counters/1\":{\"id\":\"n\",\"value\":7}}}}],"
                        + "\"phases\":[{\"name\":\"up\",\"moves\":[{\"lift/3\":{\"name\":\"hook\",\"height\":12,\"limit\":\"PT1M30S\"}},"
                        + "{\"wait/1\":{}}]},{\"name\":\"down\",\"moves\":[{\"backwards/1\":{\"move\":{\"lift/3\":"
                        + "{\"name\":\"hook\",\"height\":12,\"limit\":\"PT0S\"}}}}]}],\"first\":{\"wait/1\":{}}},"
                        + "\"progress\":{\"x\":3}}");
    }

    @Test
    void upgradesRowsOfOlderVersionsAlsoInsideAPlan() {
        String old = "{\"id\":\"a\",\"owner\":\"ann\",\"weight\":5}";
        Crate upgraded = Crate.of("a", "ann", 5, "was-version-1");

        assertThat(codec.decode(Crate.TABLE, 1, old.getBytes(UTF_8))).isEqualTo(upgraded);
        String plan =
                "{\"id\":\"j\",\"work\":{\"kind\":\"k\",\"edits\":[{\"make/1\":{\"table\":\"crates\",\"row\":{\"crates/1\":"
                        + old + "}}}],\"phases\":[]},\"progress\":{}}";
        assertThat(codec.decode(JOBS, 1, plan.getBytes(UTF_8)).work().edits())
                .containsExactly(new Edit.Make<>(Crate.TABLE, upgraded));
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        String json = "{\"id\":\"n\",\"colour\":{\"deep\":[1]},\"value\":7}";

        assertThat(codec.decode(Counter.TABLE, 1, json.getBytes(UTF_8))).isEqualTo(Counter.of("n", 7));
    }

    @Test
    void refusesWhatIsNotSuchARow() {
        for (String json : List.of(
                "",
                "null",
                "[]",
                "{\"id\":\"n\"}",
                "{\"id\":\"n\",\"value\":null}",
                "{\"value\":7}",
                "{\"id\":null,\"value\":7}",
                "{\"id\":{\"value\":\"n\"},\"value\":7}",
                "{\"id\":\"n\",\"value\":\"many\"}",
                "{\"id\":\"n\",\"value\":7} {}",
                "{\"id\":\"n\",\"value\":7")) {
            assertThatExceptionOfType(UndecodableRow.class)
                    .as(json)
                    .isThrownBy(() -> codec.decode(Counter.TABLE, 1, json.getBytes(UTF_8)))
                    .withMessageContaining("counters");
        }
    }

    @Test
    void saysWhichNameIsNotKnown() {
        String wrapped =
                "{\"id\":\"j\",\"work\":{\"kind\":\"k\",\"edits\":[],\"phases\":[{\"name\":\"p\",\"moves\":[%s]}]},\"progress\":{}}";

        assertThatExceptionOfType(UndecodableRow.class)
                .isThrownBy(() -> codec.decode(
                        JOBS, 1, wrapped.formatted("{\"fly/1\":{}}").getBytes(UTF_8)))
                .withMessageContaining("no Move is called fly/1");
        assertThatExceptionOfType(UndecodableRow.class)
                .isThrownBy(() -> codec.decode(JOBS, 1, wrapped.formatted("{}").getBytes(UTF_8)));
        assertThatExceptionOfType(UndecodableRow.class)
                .isThrownBy(() -> codec.decode(
                        JOBS,
                        1,
                        wrapped.formatted("{\"wait/1\":{},\"wait/1\":{}}").getBytes(UTF_8)));
        assertThatExceptionOfType(UndecodableRow.class)
                .isThrownBy(() -> codec.decode(Counter.TABLE, 2, "{}".getBytes(UTF_8)))
                .withMessageContaining("newer release");
        assertThatExceptionOfType(UndecodableRow.class)
                .isThrownBy(() -> codec.decode(Crate.TABLE, 0, "{}".getBytes(UTF_8)))
                .withMessageContaining("no longer");
    }

    @Test
    void cannotBeBuiltWhenAKindHasNoName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonCodec.builder(SCHEMA)
                        .subtype(Edit.class, "make", 1, Edit.Make.class)
                        .subtype(Move.class, "wait", 1, Wait.class)
                        .build())
                .withMessageContaining("Drop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonCodec.builder(SCHEMA)
                        .subtype(Edit.class, "make", 1, Edit.Make.class)
                        .subtype(Edit.class, "drop", 1, Edit.Drop.class)
                        .build())
                .withMessageContaining("Move");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registered().subtype(Move.class, "wait", 1, Lift.class))
                .withMessageContaining("wait/1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registered().subtype(Move.class, "pause", 1, Wait.class))
                .withMessageContaining("pause/1");
    }
}
