package bricklayer.main;

import bricklayer.api.ImportReport;
import bricklayer.api.WireJson;
import bricklayer.api.WireStream;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.brick.BrickLanes;
import bricklayer.config.ServerConfig;
import bricklayer.dump.Generation;
import bricklayer.gluster.Gluster;
import bricklayer.host.Hosts;
import bricklayer.inventory.KnownDown;
import bricklayer.lvm.Lvm;
import bricklayer.migrate.AskedBrickOrders;
import bricklayer.migrate.AskedPhysicalVolumes;
import bricklayer.migrate.Export;
import bricklayer.migrate.HeketiImport;
import bricklayer.operation.Ids;
import bricklayer.operation.VirtualThreads;
import bricklayer.stamp.StampDuty;
import bricklayer.store.log.LogStore;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.VolumePlans;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Heketi's records in and out of the data folder of a server that does not run. */
public final class HeketiFolder {

    private HeketiFolder() {}

    /**
     * Imports a dump. The nodes are reached as the configuration says.
     *
     * @param config of the server that will run on the data folder, which must hold no records
     * @param preview only says what would be imported; no folder is made
     * @throws bricklayer.api.UnreadableJson when it is no dump
     * @throws bricklayer.problem.Problem when there are records
     * @throws bricklayer.store.StoreException when a server runs on the folder
     */
    public static ImportReport take(ServerConfig config, String dump, boolean preview) {
        Tuning tuning = Tuning.of(config);
        Ids ids = new Ids(new SecureRandom());
        Gluster gluster = new Gluster(tuning.gluster());
        BrickLanes bricks = new BrickLanes(tuning.lvm(), tuning.mount());
        VolumePlans volumes = new VolumePlans(ids, bricks, tuning.gluster(), tuning.volumes());
        try (NodeAccess nodes = NodeAccess.of(config)) {
            Hosts hosts = new Hosts(nodes.executor());
            HeketiImport imports = new HeketiImport(
                    Formats.SCHEMA,
                    new AskedBrickOrders(hosts, gluster),
                    new AskedPhysicalVolumes(hosts, new Lvm(tuning.lvm())),
                    records -> ServerCore.reconciler(
                            tuning,
                            records,
                            List::of,
                            hosts,
                            gluster,
                            KnownDown.NOBODY,
                            new VirtualThreads(),
                            InstantSource.system()),
                    volumes,
                    new EvictionPlans(ids, bricks, volumes),
                    new BlockVolumePlans(ids, volumes, tuning.blockVolumes()),
                    new StampDuty(ids));
            if (preview) {
                return imports.preview(dump);
            }
            HeketiImport.Draft draft = imports.draft(dump);
            if (!draft.fine()) {
                return draft.report();
            }
            write(config.data(), draft, ids, OfflineStore.USUAL);
            return draft.report().done();
        }
    }

    /** All of the draft or nothing, whenever it is interrupted. */
    static void write(Path data, HeketiImport.Draft draft, Ids ids, OfflineStore opener) {
        try (LogStore store = opener.open(Tuning.journal(data))) {
            store.write(tx -> {
                HeketiImport.write(tx, draft, new StampDuty(ids));
                return draft;
            });
            Generation.ensure(store, ids);
        }
    }

    /**
     * Writes the records as Heketi's {@code db import} reads them.
     *
     * @param data as {@code bricklayer.data} of the configuration names it
     * @return what Heketi has no words for, in sentences
     */
    public static List<String> give(Path data, OutputStream out) {
        if (!Files.isDirectory(Tuning.journal(data))) {
            throw new IllegalStateException(data + " holds no records");
        }
        try (LogStore store = OfflineStore.USUAL.open(Tuning.journal(data))) {
            Export export = Export.ofStopped(store);
            WireStream json = WireJson.stream(out);
            json.beginObject();
            export.writeDump(json);
            json.endObject().close();
            out.flush();
            return export.omitted();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the dump", e);
        }
    }
}
