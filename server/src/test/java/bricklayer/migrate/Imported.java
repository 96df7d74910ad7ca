package bricklayer.migrate;

import bricklayer.api.WireJson;
import bricklayer.api.WireStream;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.blockvolume.BlockVolumeSettings;
import bricklayer.brick.BrickLanes;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeDetails;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.lvm.LvmSettings;
import bricklayer.main.Formats;
import bricklayer.mount.MountSettings;
import bricklayer.operation.Ids;
import bricklayer.operation.PlanAmendment;
import bricklayer.stamp.StampDuty;
import bricklayer.store.memory.MemoryStore;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.VolumeLimits;
import bricklayer.volume.VolumePlans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/** Imports dumps into a store without a disk, with the answers that gluster is to give. */
public final class Imported {

    private Imported() {}

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Imported.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HeketiImport with(BrickOrders orders) {
        return with(orders, PhysicalVolumes.UNKNOWN);
    }

    static HeketiImport with(BrickOrders orders, PhysicalVolumes physicalVolumes) {
        Ids ids = new Ids(new SplittableRandom(1));
        BrickLanes bricks = new BrickLanes(LvmSettings.DEFAULTS, MountSettings.DEFAULTS);
        GlusterSettings gluster = GlusterSettings.DEFAULTS;
        VolumePlans volumes = new VolumePlans(ids, bricks, gluster, VolumeLimits.DEFAULTS);
        return new HeketiImport(
                Formats.SCHEMA,
                orders,
                physicalVolumes,
                _ -> {
                    throw new IllegalStateException("no nodes to compare with");
                },
                volumes,
                new EvictionPlans(ids, bricks, volumes),
                new BlockVolumePlans(ids, volumes, new BlockVolumeSettings(GlusterBlockSettings.DEFAULTS, true, 500)),
                new StampDuty(ids));
    }

    /** With every kind of entry and of pending operation. */
    public static HeketiImport.Draft dump() {
        return with(ordersOfDump()).draft(resource("dump.json"));
    }

    /** As the nodes of {@code dump.json} have them. */
    static BrickOrders ordersOfDump() {
        return orders(Map.of(
                "data",
                List.of(
                        name("192.0.2.11", "d1", "b7"),
                        name("192.0.2.12", "d2", "b4"),
                        name("192.0.2.13", "d3", "b2"),
                        name("192.0.2.11", "d1", "b3"),
                        name("192.0.2.12", "d2", "b6"),
                        name("192.0.2.13", "d3", "b5"))));
    }

    private static String name(String host, String device, String brick) {
        return host + ":/var/lib/heketi/mounts/vg_" + device.repeat(16) + "/brick_" + brick.repeat(16) + "/brick";
    }

    /** @param volumes names of bricks in gluster's order, by the volume's name */
    static BrickOrders orders(Map<String, List<String>> volumes) {
        Map<String, VolumeDetails> seen = new HashMap<>();
        volumes.forEach((name, bricks) -> seen.put(name, details(name, bricks)));
        return (cluster, nodes) -> Optional.of(seen);
    }

    private static VolumeDetails details(String name, List<String> bricks) {
        return new VolumeDetails(
                name,
                "",
                1,
                "Started",
                bricks.size(),
                1,
                1,
                1,
                0,
                0,
                0,
                0,
                "",
                0,
                bricks.stream()
                        .map(brick -> new VolumeDetails.Brick("", brick, "", false))
                        .toList(),
                0,
                List.of());
    }

    static MemoryStore store(HeketiImport.Draft draft) {
        MemoryStore store = new MemoryStore(Formats.SCHEMA);
        store.write(tx -> {
            HeketiImport.write(tx, draft, PlanAmendment.NONE);
            return draft;
        });
        return store;
    }

    static String exported(MemoryStore store) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireStream out = WireJson.stream(bytes);
        out.beginObject();
        Export.ofStopped(store).writeDump(out);
        out.endObject().close();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
