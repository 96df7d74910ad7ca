package bricklayer.rebuild;

import bricklayer.api.RebuildReport;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.PlanBuilder;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.Table;
import java.util.List;
import java.util.Optional;

/**
 * Records made from what nodes said.
 *
 * @param whole whether every node answered, and all that they hold for us is in here
 */
public record Rebuilt(
        List<Cluster> clusters,
        List<Node> nodes,
        List<Device> devices,
        List<Volume> volumes,
        List<Brick> bricks,
        List<BlockVolume> blocks,
        RebuildReport report,
        boolean whole) {

    private static final int ROWS_A_WRITE = 10_000;

    public Rebuilt {
        clusters = List.copyOf(clusters);
        nodes = List.copyOf(nodes);
        devices = List.copyOf(devices);
        volumes = List.copyOf(volumes);
        bricks = List.copyOf(bricks);
        blocks = List.copyOf(blocks);
    }

    /** Whether there are no records that these could be mixed up with. */
    public static boolean isEmpty(Rows rows) {
        return rows.count(Cluster.TABLE) == 0
                && rows.count(Node.TABLE) == 0
                && rows.count(Device.TABLE) == 0
                && rows.count(Volume.TABLE) == 0
                && rows.count(Brick.TABLE) == 0
                && rows.count(BlockVolume.TABLE) == 0;
    }

    /**
     * Why these records should not be taken over.
     *
     * @param partial whether that something is missing is no reason
     */
    public Optional<String> objection(boolean partial) {
        if (clusters.isEmpty()) {
            return Optional.of("nothing was found on the nodes that tells of records");
        }
        return whole || partial
                ? Optional.empty()
                : Optional.of("not everything on the nodes could be read or understood: "
                        + report.sources().stream()
                                .filter(source -> !source.trouble().isEmpty())
                                .map(RebuildReport.Source::trouble)
                                .findFirst()
                                .or(() -> report.findings().stream()
                                        .filter(finding -> !finding.kind().equals("note"))
                                        .map(finding -> finding.object() + ": " + finding.text())
                                        .findFirst())
                                .orElse("see the report"));
    }

    /** How many rows there are. */
    public int size() {
        return clusters.size() + nodes.size() + devices.size() + volumes.size() + bricks.size() + blocks.size();
    }

    /** Into a store of their own, in several transactions, for one may not be of any size. */
    public void writeTo(Store store) {
        write(store, Cluster.TABLE, clusters);
        write(store, Node.TABLE, nodes);
        write(store, Device.TABLE, devices);
        write(store, Volume.TABLE, volumes);
        write(store, Brick.TABLE, bricks);
        write(store, BlockVolume.TABLE, blocks);
    }

    private static <K extends Key, V extends Row<K>> void write(Store store, Table<K, V> table, List<V> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_A_WRITE) {
            List<V> some = rows.subList(from, Math.min(rows.size(), from + ROWS_A_WRITE));
            store.write(tx -> {
                some.forEach(row -> tx.put(table, row));
                return tx.sequence();
            });
        }
    }

    public PlanBuilder addTo(PlanBuilder plan) {
        return plan.creates(Cluster.TABLE, clusters)
                .creates(Node.TABLE, nodes)
                .creates(Device.TABLE, devices)
                .creates(Volume.TABLE, volumes)
                .creates(Brick.TABLE, bricks)
                .creates(BlockVolume.TABLE, blocks);
    }
}
