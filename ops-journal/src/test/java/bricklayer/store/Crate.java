package bricklayer.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row with one component of each kind that rows are made of. */
public record Crate(
        CrateId id,
        String owner,
        long weight,
        Condition condition,
        Optional<CrateId> under,
        List<String> labels,
        Map<String, Integer> contents,
        Instant packed,
        Duration shelfLife)
        implements Row<Crate.CrateId> {

    public static final Index<Crate> BY_OWNER = new Index<>("owner", crate -> List.of(crate.owner()));
    public static final Index<Crate> BY_LABEL = new Index<>("label", Crate::labels);
    public static final Total<Crate> WEIGHT_BY_OWNER = new Total<>("weight-by-owner", Crate::owner, Crate::weight);
    public static final Table<CrateId, Crate> TABLE = Table.of("crates", 2, Crate.class, CrateId::new)
            .indexedBy(BY_OWNER)
            .indexedBy(BY_LABEL)
            .totalling(WEIGHT_BY_OWNER);

    public Crate {
        labels = List.copyOf(labels);
        contents = Map.copyOf(contents);
    }

    public record CrateId(String value) implements Key {}

    public enum Condition {
        SOUND,
        DENTED
    }

    public static Crate of(String id, String owner, long weight, String... labels) {
        return new Crate(
                new CrateId(id),
                owner,
                weight,
                Condition.SOUND,
                Optional.empty(),
                List.of(labels),
                Map.of("nails", 12),
                Instant.parse("2026-11-21T10:15:30.123456789Z"),
                Duration.ofMinutes(90));
    }
}
