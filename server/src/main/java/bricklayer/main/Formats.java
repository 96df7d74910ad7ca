package bricklayer.main;

import bricklayer.adopt.AdoptFormats;
import bricklayer.blockvolume.BlockVolumeFormats;
import bricklayer.brick.BrickFormats;
import bricklayer.device.DeviceFormats;
import bricklayer.dump.Generation;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.node.NodeFormats;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationFormats;
import bricklayer.reconcile.ReconcileFormats;
import bricklayer.repeat.Delivery;
import bricklayer.stamp.StampFormats;
import bricklayer.stamp.Unstamped;
import bricklayer.store.Schema;
import bricklayer.store.codec.JsonCodec;
import bricklayer.volume.VolumeFormats;

/** Everything that is stored: all tables, and the names of all kinds of steps and surveys. */
public final class Formats {

    public static final Schema SCHEMA = Schema.of(
            Operation.TABLE,
            Cluster.TABLE,
            Node.TABLE,
            Device.TABLE,
            Brick.TABLE,
            Volume.TABLE,
            BlockVolume.TABLE,
            Generation.TABLE,
            Unstamped.TABLE,
            Delivery.TABLE);

    private Formats() {}

    public static JsonCodec codec() {
        JsonCodec.Builder codec = JsonCodec.builder(SCHEMA);
        OperationFormats.register(codec);
        NodeFormats.register(codec);
        DeviceFormats.register(codec);
        BrickFormats.register(codec);
        VolumeFormats.register(codec);
        BlockVolumeFormats.register(codec);
        StampFormats.register(codec);
        ReconcileFormats.register(codec);
        AdoptFormats.register(codec);
        return codec.build();
    }
}
