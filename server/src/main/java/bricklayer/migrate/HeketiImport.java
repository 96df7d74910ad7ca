package bricklayer.migrate;

import bricklayer.api.DatabaseDump;
import bricklayer.api.Drift;
import bricklayer.api.ImportReport;
import bricklayer.api.ImportReport.Counts;
import bricklayer.api.ImportReport.Unfinished;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanAmendment;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.RowChange;
import bricklayer.problem.Problem;
import bricklayer.reconcile.DriftReport;
import bricklayer.reconcile.ReconcileRoutes;
import bricklayer.reconcile.Reconciler;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Schema;
import bricklayer.store.Store;
import bricklayer.store.Table;
import bricklayer.store.WriteTx;
import bricklayer.store.memory.MemoryStore;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.VolumePlans;
import java.util.List;
import java.util.function.Function;

/**
 * Takes over the database of a Heketi from its dump: first as a draft, which is checked as a whole and can be looked at, then in one write. Nodes are asked in which order gluster has bricks, and not
 * changed.
 */
public final class HeketiImport {

    /** In the order in which rows refer to each other. */
    private static final List<Table<?, ?>> TABLES = List.of(
            Cluster.TABLE, Node.TABLE, Device.TABLE, Volume.TABLE, Brick.TABLE, BlockVolume.TABLE, Operation.TABLE);

    private final Schema schema;
    private final BrickOrders orders;
    private final PhysicalVolumes physicalVolumes;
    private final Function<Store, Reconciler> comparing;
    private final OperationTranslation.Plans plans;
    private final PlanAmendment following;

    /** @param following what the import adds to the rows of the dump: the nodes will be told of them */
    public HeketiImport(
            Schema schema,
            BrickOrders orders,
            PhysicalVolumes physicalVolumes,
            Function<Store, Reconciler> comparing,
            VolumePlans volumes,
            EvictionPlans evictions,
            BlockVolumePlans blocks,
            PlanAmendment following) {
        this.schema = schema;
        this.orders = orders;
        this.physicalVolumes = physicalVolumes;
        this.comparing = comparing;
        this.plans = new OperationTranslation.Plans(volumes, evictions, blocks);
        this.following = following;
    }

    /**
     * What the records would be.
     *
     * @param rows complete only when the report has no problems
     */
    public record Draft(Rows rows, ImportReport report) {

        public boolean fine() {
            return report.problems().isEmpty();
        }
    }

    /**
     * Reads a dump, asks the nodes for what it does not say, and checks all of it.
     *
     * @throws UnreadableJson when it is no JSON of a dump's shape
     */
    public Draft draft(String json) {
        Findings findings = new Findings();
        DatabaseDump dump = WireJson.read(
                json,
                DatabaseDump.class,
                path -> findings.note("dump", "", path, "no release of Heketi up to 10 writes this; it is left out"));
        Entries entries = Entries.of(dump, findings);
        if (entries.size() == 0 && findings.fine()) {
            findings.problem("dump", "", "", "it holds no entries: is this the JSON of a Heketi database?");
        }
        Translation.Result rows = Translation.of(dump, entries, physicalVolumes, findings);
        BrickTranslation.Result bricks = BrickTranslation.of(entries, rows, orders, findings);
        try (MemoryStore draft = new MemoryStore(schema)) {
            List<Unfinished> unfinished = draft.write(tx -> {
                rows.clusters().values().forEach(row -> tx.put(Cluster.TABLE, row));
                rows.nodes().values().forEach(row -> tx.put(Node.TABLE, row));
                rows.devices().values().forEach(row -> tx.put(Device.TABLE, row));
                rows.volumes().values().forEach(row -> tx.put(Volume.TABLE, row));
                bricks.bricks().values().forEach(row -> tx.put(Brick.TABLE, row));
                rows.blockVolumes().values().forEach(row -> tx.put(BlockVolume.TABLE, row));
                return OperationTranslation.into(tx, entries, bricks.ofClones(), plans, findings);
            });
            Comparison.of(entries, draft.rows(), findings);
            return new Draft(
                    draft.rows(),
                    new ImportReport(false, counts(draft.rows()), findings.problems(), findings.notes(), unfinished));
        }
    }

    /**
     * As {@link #draft}, and compares a draft without problems with what is on the nodes. Takes as long as they do.
     *
     * @throws UnreadableJson when it is no JSON of a dump's shape
     */
    public ImportReport preview(String json) {
        Draft draft = draft(json);
        if (!draft.fine()) {
            return draft.report();
        }
        try (MemoryStore store = new MemoryStore(schema)) {
            store.write(tx -> {
                write(tx, draft, following);
                return draft;
            });
            DriftReport drift = comparing.apply(store).run(Reconciler.Scope.ALL, QUIET);
            return draft.report()
                    .compared(
                            drift.findings().stream()
                                    .map(ReconcileRoutes::onTheWire)
                                    .toList(),
                            drift.unknown().stream()
                                    .map(gap -> new Drift.Gap(gap.what(), gap.why()))
                                    .toList());
        }
    }

    private static final Reconciler.Listener QUIET = new Reconciler.Listener() {
        @Override
        public void looked(NodeId node, int done, int of, String trouble) {}

        @Override
        public void found(DriftReport.Aged finding) {}

        @Override
        public void unknown(DriftReport.Gap gap) {}
    };

    private static Counts counts(Rows rows) {
        return new Counts(
                rows.count(Cluster.TABLE),
                rows.count(Node.TABLE),
                rows.count(Device.TABLE),
                rows.count(Brick.TABLE),
                rows.count(Volume.TABLE),
                rows.count(BlockVolume.TABLE),
                rows.count(Operation.TABLE));
    }

    /**
     * One write that makes the records those of the draft.
     *
     * @throws Problem when there are records already, or the draft has problems
     */
    public static Plan plan(Rows now, Draft draft) {
        refuse(now, draft);
        PlanBuilder plan =
                Plan.of("import-heketi").answer(WireJson.write(draft.report().done()));
        TABLES.forEach(table -> create(plan, table, draft.rows()));
        return plan.build();
    }

    /**
     * The same without a journal, for records that no server has open.
     *
     * @param amendment what a journal would add to each plan
     * @throws Problem when there are records already, or the draft has problems
     */
    public static void write(WriteTx tx, Draft draft, PlanAmendment amendment) {
        for (RowChange change : amendment.amend(tx, plan(tx, draft)).changes()) {
            if (change instanceof RowChange.Create<?, ?> create) {
                put(tx, create);
            }
        }
    }

    private static <K extends Key, V extends Row<K>> void put(WriteTx tx, RowChange.Create<K, V> create) {
        tx.put(create.table(), create.row());
    }

    private static void refuse(Rows now, Draft draft) {
        if (!draft.fine()) {
            throw Problem.invalid("the dump cannot be imported: "
                            + draft.report().problems().size() + " problems")
                    .detail("problems", draft.report().problems())
                    .next("put them right, in Heketi or in the dump; the preview lists them all");
        }
        refuseRecords(now);
    }

    /** @throws Problem when there are records already */
    static void refuseRecords(Rows now) {
        for (Table<?, ?> table : TABLES) {
            boolean taken = table.equals(Operation.TABLE) ? !Operation.open(now).isEmpty() : count(now, table) > 0;
            if (taken) {
                throw Problem.conflict("this server has records (" + table.name()
                                + "); a dump is imported into one that has none")
                        .next("import into a new server, with a data folder of its own");
            }
        }
    }

    private static <K extends Key, V extends Row<K>> int count(Rows rows, Table<K, V> table) {
        return rows.count(table);
    }

    private static <K extends Key, V extends Row<K>> void create(PlanBuilder plan, Table<K, V> table, Rows from) {
        from.all(table).forEach(row -> plan.creates(table, row));
    }
}
