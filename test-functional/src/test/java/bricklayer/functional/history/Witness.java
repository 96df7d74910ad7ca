package bricklayer.functional.history;

import bricklayer.api.BlockVolumeList;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.api.NodeInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything while nobody else is there, and tells the clients what there is. */
public final class Witness {

    private final Servers servers;
    private final Recorder recorder;
    private final Known known;

    Witness(Servers servers, Recorder recorder, Known known) {
        this.servers = servers;
        this.recorder = recorder;
        this.known = known;
    }

    /** All that was seen, in the order it was. */
    List<Exchange> look() throws InterruptedException {
        List<Exchange> seen = new ArrayList<>();
        try (Caller caller = new Caller(servers, recorder, History.WITNESS)) {
            known.volumes.clear();
            for (String id : read(caller, seen, "/volumes", VolumeList.class).volumes()) {
                VolumeInfo volume = read(caller, seen, "/volumes/" + id, VolumeInfo.class);
                known.saw(volume);
                if (!volume.block()) {
                    known.volumes.add(id);
                }
            }
            known.blockVolumes.clear();
            for (String id :
                    read(caller, seen, "/blockvolumes", BlockVolumeList.class).blockVolumes()) {
                read(caller, seen, "/blockvolumes/" + id, bricklayer.api.BlockVolumeInfo.class);
                known.blockVolumes.add(id);
            }
            known.clusters.clear();
            for (String id : read(caller, seen, "/clusters", ClusterList.class).clusters()) {
                ClusterInfo cluster = read(caller, seen, "/clusters/" + id, ClusterInfo.class);
                if (cluster.nodes().isEmpty()) {
                    known.clusters.add(id);
                }
                for (String node : cluster.nodes()) {
                    read(caller, seen, "/nodes/" + node, NodeInfo.class)
                            .devices()
                            .forEach(device -> known.devices.add(device.id()));
                }
            }
            for (String id : known.devices) {
                seen.add(caller.get("/devices/" + id));
            }
        }
        return seen;
    }

    private static <T> T read(Caller caller, List<Exchange> seen, String path, Class<T> type)
            throws InterruptedException {
        Exchange exchange = caller.get(path);
        if (exchange.status() != 200) {
            throw new AssertionError("the witness cannot see " + exchange);
        }
        seen.add(exchange);
        return WireJson.read(exchange.answer(), type);
    }
}
