package bricklayer.adopt;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeInfo;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;
import java.util.List;

/**
 * That gluster still shows the volume as it was judged.
 *
 * @param bricks {@code host:path}, in gluster's order
 */
record StillThere(List<HostName> hosts, GlusterSettings settings, String volume, List<String> bricks) implements Check {

    StillThere {
        hosts = List.copyOf(hosts);
        bricks = List.copyOf(bricks);
    }

    @Override
    public String name() {
        return "still-there";
    }

    @Override
    public void ask(HostReader reader) {
        VolumeInfo info = reader.queryFirst(hosts, new Gluster(settings).volumeInfo(volume))
                .orElseThrow(
                        () -> new Refused("Cannot adopt volume " + volume + ": gluster does not show it any more"));
        if (!info.brickNames().equals(bricks)) {
            throw new Refused("Cannot adopt volume " + volume
                    + ": somebody changed its bricks meanwhile; gluster shows " + info.brickNames()
                    + ". Look again, then adopt it");
        }
    }
}
