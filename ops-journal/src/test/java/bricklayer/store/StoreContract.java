package bricklayer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.store.Counter.CounterId;
import bricklayer.store.Crate.CrateId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store owes its callers. Extend it and say how your store is made. */
public abstract class StoreContract {

    protected static final Schema SCHEMA = Schema.of(Crate.TABLE, Counter.TABLE);

    private Store store;

    /** An empty store of {@link #SCHEMA}. */
    protected abstract Store open();

    /** The same rows again; a durable store is closed and opened here, so that each test also shows what survives. */
    protected Store reopen(Store opened) {
        return opened;
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void findsWhatWasPut() {
        Crate crate = Crate.of("a", "ann", 5, "red");

        put(crate);

        assertThat(rows().get(Crate.TABLE, crate.id())).contains(crate);
        assertThat(rows().count(Crate.TABLE)).isEqualTo(1);
        assertThat(rows().get(Crate.TABLE, new CrateId("b"))).isEmpty();
    }

    @Test
    void replacesAndDeletes() {
        put(Crate.of("a", "ann", 5), Crate.of("b", "bob", 6));

        store.write(tx -> {
            tx.put(Crate.TABLE, Crate.of("a", "bob", 7));
            tx.delete(Crate.TABLE, new CrateId("b"));
            tx.delete(Crate.TABLE, new CrateId("never was"));
            return "done";
        });

        assertThat(rows().all(Crate.TABLE)).containsExactly(Crate.of("a", "bob", 7));
    }

    @Test
    void returnsWhatTheWorkReturns() {
        String answer = store.write(tx -> "counted " + tx.count(Crate.TABLE));

        assertThat(answer).isEqualTo("counted 0");
    }

    @Test
    void countsTransactionsThatChangedSomething() {
        assertThat(store.rows().sequence()).isZero();

        put(Crate.of("a", "ann", 5), Crate.of("b", "ann", 5));
        store.write(tx -> tx.count(Crate.TABLE));
        store.write(tx -> {
            tx.delete(Crate.TABLE, new CrateId("never was"));
            return 0;
        });
        long inside = store.write(tx -> {
            tx.put(Crate.TABLE, Crate.of("c", "ann", 5));
            return tx.sequence();
        });

        assertThat(inside).isEqualTo(2);
        assertThat(rows().sequence()).isEqualTo(2);
    }

    @Test
    void readsItsOwnWritesInsideATransaction() {
        put(Crate.of("a", "ann", 5, "red"), Crate.of("b", "ann", 6, "red"));

        store.write(tx -> {
            tx.put(Crate.TABLE, Crate.of("c", "ann", 10, "red", "new"));
            tx.put(Crate.TABLE, Crate.of("a", "bob", 5, "blue"));
            tx.delete(Crate.TABLE, new CrateId("b"));

            assertThat(tx.get(Crate.TABLE, new CrateId("c"))).isPresent();
            assertThat(tx.find(Crate.TABLE, Crate.BY_LABEL, "red"))
                    .extracting(Crate::id)
                    .containsExactly(new CrateId("c"));
            assertThat(tx.count(Crate.TABLE, Crate.BY_LABEL, "blue")).isEqualTo(1);
            assertThat(tx.total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, "ann")).isEqualTo(10);
            assertThat(tx.count(Crate.TABLE)).isEqualTo(2);
            return "done";
        });
    }

    @Test
    void anExceptionChangesNothingAndPassesThrough() {
        put(Crate.of("a", "ann", 5));
        var refused = new IllegalStateException("no");

        assertThatThrownBy(() -> store.write(tx -> {
                    tx.put(Crate.TABLE, Crate.of("a", "bob", 1));
                    tx.put(Counter.TABLE, Counter.of("n", 1));
                    throw refused;
                }))
                .isSameAs(refused);

        put(Crate.of("z", "zoe", 1));
        assertThat(rows().all(Crate.TABLE)).containsExactly(Crate.of("a", "ann", 5), Crate.of("z", "zoe", 1));
        assertThat(rows().count(Counter.TABLE)).isZero();
        assertThat(rows().sequence()).isEqualTo(2);
    }

    @Test
    void aPictureThatWasHandedOutNeverChanges() {
        put(Crate.of("a", "ann", 5));
        Rows before = store.rows();
        Iterable<Crate> view = before.all(Crate.TABLE);

        put(Crate.of("a", "bob", 6), Crate.of("b", "ann", 7));

        assertThat(view).containsExactly(Crate.of("a", "ann", 5));
        assertThat(before.sequence()).isEqualTo(1);
        assertThat(before.total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, "ann")).isEqualTo(5);
        assertThat(before.find(Crate.TABLE, Crate.BY_OWNER, "bob")).isEmpty();
    }

    @Test
    void readersDoNotSeeATransactionThatIsUnderWay() {
        put(Crate.of("a", "ann", 5));

        store.write(tx -> {
            tx.put(Crate.TABLE, Crate.of("b", "bob", 6));
            assertThat(store.rows().count(Crate.TABLE)).isEqualTo(1);
            return "done";
        });

        assertThat(store.rows().count(Crate.TABLE)).isEqualTo(2);
    }

    @Test
    void walksRowsInTheOrderOfTheirKeys() {
        List<String> keys =
                new ArrayList<>(List.of("b", "B", "a/2", "a", "10", "9", "ä", "a b", "\ud83d\ude00", "\uffee"));
        Collections.shuffle(keys, new Random(4));
        for (String key : keys) {
            put(Crate.of(key, "ann", 1, "x"));
        }

        Collections.sort(keys);
        assertThat(rows().all(Crate.TABLE))
                .extracting(crate -> crate.id().value())
                .containsExactlyElementsOf(keys);
        assertThat(rows().find(Crate.TABLE, Crate.BY_OWNER, "ann"))
                .extracting(crate -> crate.id().value())
                .containsExactlyElementsOf(keys);
    }

    @Test
    void takesARowThatIsFoundTwiceUnderOneValueOnce() {
        put(Crate.of("a", "ann", 1, "x", "x"));

        assertThat(rows().find(Crate.TABLE, Crate.BY_LABEL, "x")).hasSize(1);
        assertThat(rows().count(Crate.TABLE, Crate.BY_LABEL, "x")).isEqualTo(1);
    }

    @Test
    void indexesAndTotalsAgreeWithAWalkOverTheRows() {
        long seed = Long.getLong("seed", 20261121);
        System.out.println("store contract: seed " + seed);
        Random random = new Random(seed);
        Map<String, Crate> model = new TreeMap<>();

        for (int round = 0; round < 150; round++) {
            Map<String, Crate> next = new TreeMap<>(model);
            boolean fails = random.nextInt(8) == 0;
            try {
                store.write(tx -> {
                    for (int i = random.nextInt(6); i >= 0; i--) {
                        String id = "c" + random.nextInt(40);
                        if (random.nextInt(3) == 0) {
                            tx.delete(Crate.TABLE, new CrateId(id));
                            next.remove(id);
                        } else {
                            Crate crate = anyCrate(id, random);
                            tx.put(Crate.TABLE, crate);
                            next.put(id, crate);
                        }
                        assertAgrees(tx, next);
                    }
                    if (fails) {
                        throw new IllegalStateException("planned");
                    }
                    return "done";
                });
                model = next;
            } catch (IllegalStateException planned) {
                assertThat(planned).hasMessage("planned");
            }
            assertAgrees(store.rows(), model);
        }
        assertAgrees(rows(), model);
    }

    @Test
    void concurrentWritersLoseNoUpdate() throws Exception {
        int writers = 8;
        int each = 50;
        runTogether(writers, writer -> {
            for (int i = 0; i < each; i++) {
                store.write(tx -> {
                    tx.put(Counter.TABLE, Counter.of("all", Counter.value(tx, "all") + 1));
                    tx.put(Counter.TABLE, Counter.of("writer-" + writer, Counter.value(tx, "writer-" + writer) + 1));
                    return "done";
                });
                // what was acknowledged is there for readers
                assertThat(Counter.value(store.rows(), "writer-" + writer)).isEqualTo(i + 1);
            }
        });

        assertThat(Counter.value(rows(), "all")).isEqualTo((long) writers * each);
        assertThat(rows().sequence()).isEqualTo((long) writers * each);
    }

    @Test
    void readersNeverSeeHalfATransaction() throws Exception {
        var broken = new AtomicReference<String>("");
        runTogether(4, thread -> {
            for (int i = 1; i <= 100; i++) {
                if (thread == 0) {
                    long value = i;
                    store.write(tx -> {
                        tx.put(Counter.TABLE, Counter.of("left", value));
                        tx.put(Counter.TABLE, Counter.of("right", value));
                        return "done";
                    });
                } else {
                    Rows rows = store.rows();
                    if (Counter.value(rows, "left") != Counter.value(rows, "right")) {
                        broken.set("left " + Counter.value(rows, "left") + ", right " + Counter.value(rows, "right"));
                    }
                }
            }
        });

        assertThat(broken.get()).isEmpty();
    }

    @Test
    void anInterruptedWriterStillGetsItsAnswerAndHarmsNobody() throws Exception {
        runTogether(4, writer -> {
            for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                put(Crate.of("w" + writer + "-" + i, "ann", 1));
                assertThat(Thread.interrupted()).isTrue();
            }
        });

        put(Crate.of("last", "ann", 1));
        assertThat(rows().count(Crate.TABLE)).isEqualTo(81);
    }

    @Test
    void refusesAWriteInsideAWrite() {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.write(tx -> store.write(inner -> "never")))
                .withMessageContaining("inside");
        put(Crate.of("a", "ann", 1));
        assertThat(rows().count(Crate.TABLE)).isEqualTo(1);
    }

    @Test
    void refusesChangesAfterTheTransactionHasEnded() {
        WriteTx kept = store.write(tx -> tx);

        assertThatIllegalStateException().isThrownBy(() -> kept.put(Counter.TABLE, Counter.of("n", 1)));
    }

    @Test
    void refusesKeysThatCannotBeStored() {
        assertThatIllegalArgumentException().isThrownBy(() -> put(Crate.of("", "ann", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> put(Crate.of("a\u0000b", "ann", 1)));
        assertThat(rows().count(Crate.TABLE)).isZero();
    }

    @Test
    void refusesTablesAndIndexesItWasNotOpenedWith() {
        Table<CounterId, Counter> other = Table.of("others", 1, Counter.class, CounterId::new);
        Table<CounterId, Counter> newer = Table.of("counters", 2, Counter.class, CounterId::new);
        Index<Crate> index = new Index<>("colour", crate -> List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows().count(other))
                .withMessageContaining("others");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows().count(newer))
                .withMessageContaining("version");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows().find(Crate.TABLE, index, "red"))
                .withMessageContaining("colour");
    }

    @Test
    void refusesWritesOnceClosedAndStillAnswersReaders() {
        put(Crate.of("a", "ann", 1));

        store.close();

        assertThatThrownBy(() -> put(Crate.of("b", "ann", 1))).isInstanceOf(StoreException.class);
        assertThat(store.readOnlyReason()).isPresent();
        assertThat(store.rows().count(Crate.TABLE)).isEqualTo(1);
        store.close();
    }

    @Test
    void takesWritesAndHasNoUnreadableRowsAtFirst() {
        assertThat(store.readOnlyReason()).isEmpty();
        assertThat(store.quarantined()).isEmpty();
    }

    private void put(Crate... crates) {
        store.write(tx -> {
            for (Crate crate : crates) {
                tx.put(Crate.TABLE, crate);
            }
            return "done";
        });
    }

    private Rows rows() {
        store = reopen(store);
        return store.rows();
    }

    private static Crate anyCrate(String id, Random random) {
        List<String> labels = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.add("label" + random.nextInt(4));
        }
        return Crate.of(id, "owner" + random.nextInt(4), random.nextInt(20) - 5, labels.toArray(String[]::new));
    }

    private static void assertAgrees(Rows rows, Map<String, Crate> model) {
        assertThat(rows.all(Crate.TABLE)).containsExactlyElementsOf(model.values());
        assertThat(rows.count(Crate.TABLE)).isEqualTo(model.size());
        for (int i = 0; i < 4; i++) {
            String owner = "owner" + i;
            String label = "label" + i;
            List<Crate> owned = model.values().stream()
                    .filter(crate -> crate.owner().equals(owner))
                    .toList();
            List<Crate> labelled = model.values().stream()
                    .filter(crate -> crate.labels().contains(label))
                    .toList();
            assertThat(rows.find(Crate.TABLE, Crate.BY_OWNER, owner)).isEqualTo(owned);
            assertThat(rows.find(Crate.TABLE, Crate.BY_LABEL, label)).isEqualTo(labelled);
            assertThat(rows.count(Crate.TABLE, Crate.BY_LABEL, label)).isEqualTo(labelled.size());
            assertThat(rows.total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, owner))
                    .isEqualTo(owned.stream().mapToLong(Crate::weight).sum());
        }
    }

    /** Runs the same on several threads that start at one moment, and passes on the first failure. */
    private static void runTogether(int threads, ThreadWork work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(executor.submit((Callable<?>) () -> {
                    start.await();
                    work.run(thread);
                    return "done";
                }));
            }
            start.countDown();
            for (Future<?> future : all) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private interface ThreadWork {
        void run(int thread) throws Exception;
    }
}
